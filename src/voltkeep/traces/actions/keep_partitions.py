"""Days of the protocol log: made ahead, dropped by age and by size."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from voltkeep.kit.db import Tx
from voltkeep.traces import store

_AHEAD = 3


async def ensure_partitions(tx: Tx, *, now: datetime) -> date:
    """Make the partitions of yesterday to three days ahead; gives the last day that has one."""
    today = now.date()
    await store.make_partitions(tx, [today + timedelta(days=n) for n in range(-1, _AHEAD + 1)])
    return today + timedelta(days=_AHEAD)


async def drop_old_frames(tx: Tx, *, now: datetime, days: int, limit_mb: int) -> list[date]:
    """Drop days older than `days`, then the oldest ones until the log takes at most `limit_mb`; gives the dropped days.

    Today's partition stays whatever its size: it is being written to.
    """
    dropped: list[date] = []
    existing = await store.partitions(tx)
    total = sum(size for _, size in existing)
    for day, size in existing:
        is_old = day < now.date() - timedelta(days=days)
        if day >= now.date() or not (is_old or total > limit_mb << 20):
            break
        await store.drop_partition(tx, day)
        dropped.append(day)
        total -= size
    return dropped


async def total_bytes(tx: Tx) -> int:
    """What the log takes on disk."""
    return sum(size for _, size in await store.partitions(tx))
