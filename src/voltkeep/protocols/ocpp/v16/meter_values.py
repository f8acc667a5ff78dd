"""MeterValues (OCPP 1.6, section 4.7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk, Readings
from voltkeep.protocols.ocpp.v16.sampled_values import MeterValue, translate
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.sessions.model.asked import MeterAsked


class MeterValues(msgspec.Struct, rename="camel"):
    """MeterValues.req; connector 0 is the station's own meter."""

    connector_id: int
    meter_value: list[MeterValue]
    transaction_id: int | None = None


async def on_meter_values(request: MeterValues, *, station: Speaker, desk: Desk, now: datetime) -> dict[str, Any]:
    """Answers after the commit; a value that is no number is set aside and the others are kept."""
    await desk.readings.add(to_readings(request, station, now))
    return {}


def to_readings(request: MeterValues, station: Speaker, now: datetime) -> Readings:
    """Wire to Wh and W; connector n of 1.6 is EVSE n, connector 1."""
    evse = request.connector_id
    samples, strays = translate(request.meter_value, station=station, evse=evse, now=now)
    asked = MeterAsked(
        station_id=station.station_id,
        station_no=station.station_no,
        organisation_id=station.organisation_id,
        layout_no=station.layout_no,
        evse=evse,
        connector=1 if evse else 0,
        transaction_id=request.transaction_id,
        samples=samples,
        received_at=now,
    )
    return Readings(asked, strays)
