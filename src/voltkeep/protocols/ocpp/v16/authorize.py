"""Authorize (OCPP 1.6, section 4.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.id_tag_info import to_wire_info
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.tokens.model import AuthorizeAsk


class Authorize(msgspec.Struct, rename="camel"):
    """Authorize.req."""

    id_tag: str


async def on_authorize(request: Authorize, *, station: Speaker, desk: Desk, now: datetime) -> dict[str, Any]:
    """Whether the token may charge at a station of this organisation."""
    info = await desk.authorizes.add(AuthorizeAsk(station.organisation_id, request.id_tag))
    return {"idTagInfo": to_wire_info(info)}
