"""OCPP 1.6 as a profile: its configuration keys and measurands, and what we want set after the first boot."""

from __future__ import annotations

from voltkeep.profiles.builtin.ocpp16_keys import KEYS, Key
from voltkeep.profiles.builtin.ocpp16_measurands import LOCATIONS, MEASURANDS, Measurand
from voltkeep.profiles.model import Parameter, ProfileDocument, key_id, measurand_id

_FULL = "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Current.Offered,Voltage,SoC,Temperature"

# HeartbeatInterval 300: our own pings watch the line every few seconds; heartbeats only keep the station's clock right.
# WebSocketPingInterval 60: the station too notices a dead path within a minute, and stores what it can't send.
# MeterValueSampleInterval 30: a curve that shows a taper, at 2 to 4 % of what one core takes from 10,000 stations.
# ClockAlignedDataInterval 0: aligned to the clock, all stations would speak in the same second, idle ones included;
# the samples of a transaction and its end register hold the same energy.
DESIRED = {
    "HeartbeatInterval": "300",
    "WebSocketPingInterval": "60",
    "MeterValueSampleInterval": "30",
    "MeterValuesSampledData": _FULL,
    "ClockAlignedDataInterval": "0",
}

# Many stations refuse the whole list when one measurand in it is unknown to them.
FALLBACKS = {
    "MeterValuesSampledData": (
        "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC",
        "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage",
        "Energy.Active.Import.Register,Power.Active.Import",
        "Energy.Active.Import.Register",
    ),
    "MeterValueSampleInterval": ("60",),
    "HeartbeatInterval": ("600", "900"),
}


def _of_key(key: Key) -> Parameter:
    settable = "W" in key.access
    return Parameter(
        key_id(key.key),
        key.name,
        key.datatype,
        unit=key.unit,
        settable=settable,
        write_level=key.write_level if settable else "none",
        sensitivity="public" if "R" in key.access else "secret",
        binding={"protocol": "ocpp1.6", "key": key.key},
    )


def _of_measurand(measurand: Measurand, location: str) -> Parameter:
    place = "" if location == "Outlet" else f" ({location.lower()})"
    return Parameter(
        measurand_id(measurand.measurand, location),
        measurand.name + place,
        "float",
        unit=measurand.unit,
        cls="telemetry",
        read_level="driver",
        binding={"protocol": "ocpp1.6", "measurand": measurand.measurand, "location": location},
    )


DOCUMENT = ProfileDocument(
    parameters=(
        *(_of_key(key) for key in KEYS),
        *(_of_measurand(measurand, location) for measurand in MEASURANDS for location in LOCATIONS),
    ),
    desired={key_id(key): value for key, value in DESIRED.items()},
    fallbacks={key_id(key): values for key, values in FALLBACKS.items()},
)
