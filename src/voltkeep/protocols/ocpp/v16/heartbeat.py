"""Heartbeat (OCPP 1.6, section 4.6): the answer is the clock; presence is noted for every message anyway."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.wire_time import to_wire_time


class Heartbeat(msgspec.Struct):
    """Heartbeat.req has no fields."""


async def on_heartbeat(_: Heartbeat, *, station: Speaker, desk: Desk, now: datetime) -> dict[str, Any]:
    """The present instant; needs no database."""
    return {"currentTime": to_wire_time(now)}
