"""StopTransaction (OCPP 1.6, section 4.10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk, Stopping
from voltkeep.protocols.ocpp.v16.id_tag_info import to_wire_info
from voltkeep.protocols.ocpp.v16.sampled_values import MeterValue, translate
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.wire_time import need_time
from voltkeep.sessions.model.asked import StopAsked


class StopTransaction(msgspec.Struct, rename="camel"):
    """StopTransaction.req; `meter_stop` in Wh, no reason means Local."""

    meter_stop: int
    timestamp: str
    transaction_id: int
    id_tag: str | None = None
    reason: str = "Local"
    transaction_data: list[MeterValue] = []


async def on_stop_transaction(
    request: StopTransaction, *, station: Speaker, desk: Desk, now: datetime
) -> dict[str, Any]:
    """Answers after the commit, an unknown transaction too: the station would repeat it for ever."""
    outcome = await desk.stops.add(to_stopping(request, station, now))
    return {} if outcome.id_tag_info is None else {"idTagInfo": to_wire_info(outcome.id_tag_info)}


def to_stopping(request: StopTransaction, station: Speaker, now: datetime) -> Stopping:
    """Wire to facts. Raises OcppFault for an unreadable time."""
    samples, strays = translate(request.transaction_data, station=station, evse=0, now=now)
    asked = StopAsked(
        station_id=station.station_id,
        station_no=station.station_no,
        organisation_id=station.organisation_id,
        transaction_id=request.transaction_id,
        meter_stop=request.meter_stop,
        at=need_time(request.timestamp, "timestamp"),
        received_at=now,
        token_uid=request.id_tag,
        reason=request.reason,
        samples=samples,
    )
    return Stopping(asked, station.layout_no, strays)
