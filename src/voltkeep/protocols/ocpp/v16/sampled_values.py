"""Sampled values from the wire: units, defaults and makers' habits are settled here, once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from voltkeep.kit.units import TO_STORED_UNIT
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.wire_time import parse_time
from voltkeep.sessions.model.asked import Sample
from voltkeep.telemetry.model import StateChange, Stray

_NUMBER = re.compile(r"[+-]?([0-9]{1,24}(\.[0-9]{0,24})?|\.[0-9]{1,24})([eE][+-]?[0-9]{1,3})?", re.ASCII)
_LARGEST = Decimal(10) ** 15
_ZERO_CELSIUS_K = Decimal("273.15")
_LONGEST_RAW_KEPT = 8192
_REGISTER = "Energy.Active.Import.Register"
# OCPP 1.6, section 7.46: a missing unit means Wh for energy; the rest has one sensible unit each.
_UNIT_WHEN_MISSING = {
    "Energy.Active": "Wh",
    "Energy.Reactive": "varh",
    "Power.Reactive": "var",
    "Power.Active": "W",
    "Power.Offered": "W",
    "Current": "A",
    "Voltage": "V",
    "Temperature": "Celsius",
    "SoC": "Percent",
    "Frequency": "Hertz",
}


class SampledValue(msgspec.Struct):
    """One value as sent; what is missing has the standard's default (OCPP 1.6, section 7.43)."""

    value: str
    context: str = "Sample.Periodic"
    format: str = "Raw"
    measurand: str = _REGISTER
    phase: str = ""
    location: str = "Outlet"
    unit: str = ""


class MeterValue(msgspec.Struct, rename="camel"):
    """Values of one instant."""

    timestamp: str
    sampled_value: list[SampledValue]


def translate(
    values: Sequence[MeterValue], *, station: Speaker, evse: int, now: datetime
) -> tuple[tuple[Sample, ...], tuple[Stray, ...]]:
    """Samples in Wh, W, A, V, Celsius, Percent and, apart from them, what is no number or has no time."""
    samples: list[Sample] = []
    strays: list[Stray] = []
    for value in values:
        at = parse_time(value.timestamp)
        for sampled in value.sampled_value:
            sample = None if at is None else _to_sample(sampled, at, station)
            if sample is None:
                strays.append(_to_stray(sampled, at or now, station, evse, "bad-time" if at is None else "no-number"))
            else:
                samples.append(sample)
    return tuple(samples), tuple(strays)


def _to_sample(sampled: SampledValue, at: datetime, station: Speaker) -> Sample | None:
    parameter = station.profile.parameter_for_measurand(sampled.measurand, sampled.location).id
    if sampled.format == "SignedData":
        return Sample(
            at=at,
            parameter=f"{parameter}-signed",
            value=None,
            raw=sampled.value[:_LONGEST_RAW_KEPT],
            phase=sampled.phase,
            context=sampled.context,
            location=sampled.location,
        )
    number = to_number(sampled.value)
    if number is None:
        return None
    value, unit = to_stored(number, _unit_of(sampled, station))
    return Sample(
        at=at,
        parameter=parameter,
        value=value,
        raw=sampled.value,
        unit=unit,
        phase=sampled.phase,
        context=sampled.context,
        location=sampled.location,
    )


def to_number(text: str) -> Decimal | None:
    """A plain decimal number below 10^15, blanks around it allowed; None for anything else (NaN, `1_0`, `12,5`)."""
    stripped = text.strip()
    if len(stripped) > 64 or _NUMBER.fullmatch(stripped) is None:
        return None
    number = Decimal(stripped)
    return number if abs(number) < _LARGEST else None


def to_stored(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """The value in the unit that is stored; temperatures are Celsius whatever scale they came in."""
    if unit == "K":
        return number - _ZERO_CELSIUS_K, "Celsius"
    if unit == "Fahrenheit":
        return ((number - 32) * 5 / 9).quantize(Decimal("0.001")), "Celsius"
    stored, factor = TO_STORED_UNIT.get(unit, (unit, Decimal(1)))
    return number * factor, stored


def _unit_of(sampled: SampledValue, station: Speaker) -> str:
    if sampled.unit:
        return sampled.unit
    if sampled.measurand.startswith("Energy.Active") and station.quirks.missing_unit_is_kwh:
        return "kWh"
    return next((unit for name, unit in _UNIT_WHEN_MISSING.items() if sampled.measurand.startswith(name)), "")


def _to_stray(sampled: SampledValue, at: datetime, station: Speaker, evse: int, reason: str) -> Stray:
    parameter = station.profile.parameter_for_measurand(sampled.measurand, sampled.location).id
    return Stray(StateChange(station.station_no, evse, parameter, "", at, sampled.value[:200]), reason)
