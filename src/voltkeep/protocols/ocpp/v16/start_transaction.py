"""StartTransaction (OCPP 1.6, section 4.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.profiles.model import Capability
from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.id_tag_info import to_wire_info
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.wire_time import need_time
from voltkeep.sessions.model.asked import StartAsked


class StartTransaction(msgspec.Struct, rename="camel"):
    """StartTransaction.req; `meter_start` in Wh."""

    connector_id: int
    id_tag: str
    meter_start: int
    timestamp: str
    reservation_id: int | None = None


async def on_start_transaction(
    request: StartTransaction, *, station: Speaker, desk: Desk, now: datetime
) -> dict[str, Any]:
    """A transaction id whatever the token's status: the car may charge already. Answers after the commit."""
    outcome = await desk.starts.add(to_asked(request, station, now))
    return {"transactionId": outcome.transaction_id, "idTagInfo": to_wire_info(outcome.id_tag_info)}


def to_asked(request: StartTransaction, station: Speaker, now: datetime) -> StartAsked:
    """Connector n of 1.6 is EVSE n, connector 1. Raises OcppFault for an unreadable time."""
    return StartAsked(
        station_id=station.station_id,
        station_no=station.station_no,
        organisation_id=station.organisation_id,
        evse=request.connector_id,
        connector=1,
        token_uid=request.id_tag,
        meter_start=request.meter_start,
        at=need_time(request.timestamp, "timestamp"),
        received_at=now,
        reservation_id=request.reservation_id,
        one_session_a_token=station.profile.document.can(Capability.ONE_SESSION_A_TOKEN),
    )
