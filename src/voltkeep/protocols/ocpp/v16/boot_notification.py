"""BootNotification (OCPP 1.6, section 4.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.wire_time import to_wire_time
from voltkeep.stations.model import Boot, StationBoot

PENDING_INTERVAL_S = 30
REJECTED_INTERVAL_S = 600


class BootNotification(msgspec.Struct, rename="camel", omit_defaults=True):
    """BootNotification.req."""

    charge_point_vendor: str
    charge_point_model: str
    charge_point_serial_number: str | None = None
    charge_box_serial_number: str | None = None
    firmware_version: str | None = None
    iccid: str | None = None
    imsi: str | None = None
    meter_type: str | None = None
    meter_serial_number: str | None = None


async def on_boot_notification(
    request: BootNotification, *, station: Speaker, desk: Desk, now: datetime
) -> dict[str, Any]:
    """Accepted with the profile's heartbeat interval: whoever isn't approved doesn't get this far."""
    await desk.boots.add(StationBoot(station.station_id, to_boot(request), now))
    return to_response("Accepted", station.heartbeat_s, now)


def to_boot(request: BootNotification) -> Boot:
    """The facts; `chargeBoxSerialNumber` is the older name of the serial number and stands in for it."""
    return Boot(
        vendor=request.charge_point_vendor,
        model=request.charge_point_model,
        serial_number=request.charge_point_serial_number or request.charge_box_serial_number,
        firmware_version=request.firmware_version,
        details=msgspec.to_builtins(request),
    )


def to_response(status: str, interval_s: int, now: datetime) -> dict[str, Any]:
    """BootNotification.conf; for Pending and Rejected the interval is the wait before the next boot."""
    return {"status": status, "currentTime": to_wire_time(now), "interval": interval_s}
