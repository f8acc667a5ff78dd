"""StatusNotification (OCPP 1.6, section 4.9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.wire_time import parse_time
from voltkeep.stations.model import StatusReport

_STATUSES = {
    "Available": "available",
    "Preparing": "preparing",
    "Charging": "charging",
    "SuspendedEV": "suspended-ev",
    "SuspendedEVSE": "suspended-evse",
    "Finishing": "finishing",
    "Reserved": "reserved",
    "Unavailable": "unavailable",
    "Faulted": "faulted",
}


class StatusNotification(msgspec.Struct, rename="camel"):
    """StatusNotification.req; connector 0 is the station itself."""

    connector_id: int
    error_code: str
    status: str
    timestamp: str | None = None
    info: str | None = None
    vendor_id: str | None = None
    vendor_error_code: str | None = None


async def on_status_notification(
    request: StatusNotification, *, station: Speaker, desk: Desk, now: datetime
) -> dict[str, Any]:
    """Answers after the commit; a time that can't be read counts as none, since the status is still true."""
    await desk.statuses.add(to_report(request, station, now))
    return {}


def to_report(request: StatusNotification, station: Speaker, now: datetime) -> StatusReport:
    """Connector n of 1.6 is EVSE n, connector 1; 0 is EVSE 0, connector 0."""
    return StatusReport(
        station_id=station.station_id,
        organisation_id=station.organisation_id,
        evse=request.connector_id,
        connector=1 if request.connector_id else 0,
        status=_STATUSES[request.status],
        error_code=request.error_code,
        vendor_error_code=request.vendor_error_code or None,
        info=request.info or None,
        at=parse_time(request.timestamp) if request.timestamp else None,
        received_at=now,
    )
