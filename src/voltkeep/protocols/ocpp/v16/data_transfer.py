"""DataTransfer (OCPP 1.6, section 4.3): no vendor's extension is known, and each is told so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.speaker import Speaker


class DataTransfer(msgspec.Struct, rename="camel"):
    """DataTransfer.req."""

    vendor_id: str
    message_id: str = ""
    data: str = ""


async def on_data_transfer(_: DataTransfer, *, station: Speaker, desk: Desk, now: datetime) -> dict[str, Any]:
    """UnknownVendorId; the message itself is in the protocol log."""
    return {"status": "UnknownVendorId"}
