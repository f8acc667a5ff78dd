"""Search of one station's frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voltkeep.kit.db import Tx
from voltkeep.traces import store
from voltkeep.traces.model import Direction, TracedFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameFilter:
    """What to look for; `search` is any part of payload, message id or fault, without regard to case."""

    direction: Direction | None = None
    action: str | None = None
    search: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, int] | None = None


async def find_frames(tx: Tx, station_no: int, wanted: FrameFilter, *, limit: int) -> Sequence[TracedFrame]:
    """Frames newest first, at most `limit`, those before `wanted.after`."""
    rows = await store.find(
        tx,
        station_no,
        limit,
        direction=wanted.direction,
        action=wanted.action,
        search=wanted.search,
        since=wanted.since,
        until=wanted.until,
        after=wanted.after,
    )
    return [TracedFrame(**row._mapping) for row in rows]
