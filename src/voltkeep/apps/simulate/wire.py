"""Facts in the words of OCPP 1.6, for the independent client of the `ocpp` package."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ocpp.v16 import call, enums

from voltkeep.apps.simulate.facts import (
    CardShown,
    ChargeStarted,
    ChargeStopped,
    Fact,
    MeterRead,
    Sampled,
    StatusChanged,
)
from voltkeep.apps.simulate.station import Station


def to_call(fact: Fact, transactions: dict[int, int]) -> Any:
    """The request that tells the fact; `transactions` maps the station's charges to the platform's ids."""
    match fact:
        case StatusChanged():
            return call.StatusNotification(
                connector_id=fact.connector,
                error_code=enums.ChargePointErrorCode(fact.error_code),
                status=enums.ChargePointStatus(fact.status),
                timestamp=stamp(fact.at),
            )
        case CardShown():
            return call.Authorize(id_tag=fact.card)
        case ChargeStarted():
            return call.StartTransaction(
                connector_id=fact.connector, id_tag=fact.card, meter_start=fact.meter_wh, timestamp=stamp(fact.at)
            )
        case MeterRead():
            return call.MeterValues(
                connector_id=fact.connector, meter_value=[reading(fact)], transaction_id=transactions.get(fact.charge)
            )
        case ChargeStopped():
            return call.StopTransaction(
                meter_stop=fact.meter_wh,
                timestamp=stamp(fact.at),
                transaction_id=transactions[fact.charge],
                reason=enums.Reason(fact.reason),
                id_tag=fact.card,
                transaction_data=[reading(one) for one in fact.readings] or None,
            )


def boot(station: Station) -> Any:
    """What a station says first."""
    return call.BootNotification(
        charge_point_model=station.character.model,
        charge_point_vendor=station.character.vendor,
        charge_point_serial_number=station.serial_number,
        firmware_version=station.character.firmware,
    )


def reading(fact: MeterRead) -> dict[str, Any]:
    """One element of `meterValue`."""
    return {"timestamp": stamp(fact.at), "sampled_value": [_sampled(sample) for sample in fact.samples]}


def stamp(at: datetime) -> str:
    """An instant as stations write it, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sampled(sample: Sampled) -> dict[str, str]:
    words = {
        "value": sample.value,
        "measurand": sample.measurand,
        "unit": sample.unit,
        "phase": sample.phase,
        "location": sample.location,
        "context": sample.context,
    }
    return {name: word for name, word in words.items() if word}
