"""DiagnosticsStatusNotification (OCPP 1.6, section 4.4): taken note of in the protocol log alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.speaker import Speaker


class DiagnosticsStatusNotification(msgspec.Struct):
    """DiagnosticsStatusNotification.req."""

    status: str


async def on_diagnostics_status_notification(
    _: DiagnosticsStatusNotification, *, station: Speaker, desk: Desk, now: datetime
) -> dict[str, Any]:
    """An empty answer, so that the station doesn't repeat it."""
    return {}
