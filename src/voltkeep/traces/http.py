"""The protocol log of a station, for people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from voltkeep.accounts.http import ActorDep
from voltkeep.kit.errors import Invalid
from voltkeep.kit.paging import MOST_PER_PAGE, Page, from_cursor, to_cursor
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.visible_to import visible_to
from voltkeep.traces.actions.find_frames import FrameFilter, find_frames
from voltkeep.traces.model import Direction, Kind, TracedFrame
from voltkeep.traces.permissions import TRACE_VIEW

router = APIRouter(tags=["traces"])


class FrameView(BaseModel):
    """One frame; `payload` is its text with secrets masked, cut at 16 KiB; `size` is what was on the wire, in bytes."""

    at: datetime
    seq: int
    direction: Direction
    kind: Kind
    message_id: str | None
    action: str | None
    payload: str
    size: int
    fault: str | None


class FrameQuery(BaseModel):
    """Filters of the list; `search` is any part of payload, message id or fault."""

    direction: Direction | None = None
    action: Annotated[str | None, Query(max_length=64)] = None
    search: Annotated[str | None, Query(min_length=1, max_length=200)] = None
    since: Annotated[datetime | None, Query(alias="from")] = None
    until: Annotated[datetime | None, Query(alias="to")] = None
    cursor: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100

    def to_filter(self) -> FrameFilter:
        """As the action takes it. Raises Invalid for a foreign cursor."""
        return FrameFilter(
            direction=self.direction,
            action=self.action,
            search=self.search.replace("\x00", "") if self.search else None,
            since=self.since,
            until=self.until,
            after=_position(self.cursor),
        )


@router.get("/stations/{station}/frames")
async def list_frames(
    station: str,
    actor: ActorDep,
    services: ServicesDep,
    wanted: Annotated[FrameQuery, Query()],
) -> Page[FrameView]:
    """Frames of a station, newest first. Needs `trace.view`."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, permission=TRACE_VIEW)
        frames = await find_frames(tx, found.station_no, wanted.to_filter(), limit=wanted.limit + 1)
    shown = frames[: wanted.limit]
    following = to_cursor(shown[-1].at.isoformat(), shown[-1].seq) if len(frames) > wanted.limit else None
    return Page(items=[_view(frame) for frame in shown], next=following)


def _position(cursor: str | None) -> tuple[datetime, int] | None:
    keys = from_cursor(cursor, 2)
    if keys is None:
        return None
    try:
        return datetime.fromisoformat(str(keys[0])), int(keys[1])
    except (TypeError, ValueError) as error:
        raise Invalid("This cursor belongs to another list", field="cursor") from error


def _view(frame: TracedFrame) -> FrameView:
    return FrameView(
        at=frame.at,
        seq=frame.seq,
        direction=frame.direction,
        kind=frame.kind,
        message_id=frame.message_id,
        action=frame.action,
        payload=frame.payload,
        size=frame.size,
        fault=frame.fault,
    )
