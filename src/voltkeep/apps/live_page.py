"""GET /live: the one stream of a browser."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from voltkeep.accounts.http.actor import look_again
from voltkeep.accounts.model import Actor
from voltkeep.apps.live import Live
from voltkeep.kit.errors import NotSignedIn
from voltkeep.kit.web import ServicesDep

router = APIRouter(tags=["live"])


@router.get(
    "/live",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "Events"}},
)
async def follow_live(request: Request, services: ServicesDep) -> StreamingResponse:
    """Notices of what the viewer may see: `{type, v, id, station_id, at, …}`; `resync` means: read again."""
    found = await look_again(request, services)
    if found is None:
        raise NotSignedIn()
    actor, credential = found

    async def recheck() -> Actor | None:
        now = await look_again(request, services)
        return now[0] if now else None

    live = cast(Live, request.app.state.live)
    live.check_room(credential)
    return StreamingResponse(
        live.follow(actor, credential, recheck),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )
