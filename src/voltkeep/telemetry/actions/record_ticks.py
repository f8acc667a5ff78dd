"""Stores what stations measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voltkeep.kit.db import Tx
from voltkeep.kit.partitions import ensure_days
from voltkeep.telemetry.actions.set_aside import set_aside
from voltkeep.telemetry.model import Recorded, Tick, bucket_of, days_of, judge_ticks, merge_ticks, newest_of
from voltkeep.telemetry.store import ticks as store
from voltkeep.telemetry.store.latest import save_latest
from voltkeep.telemetry.store.partitions import TICKS


async def record_ticks(tx: Tx, ticks: Sequence[Tick], *, now: datetime) -> Recorded:
    """Store ticks in the caller's transaction; repeated and late ones land in place, one instant is merged by slot.

    Readings older than 30 days or more than 5 minutes ahead, and numbers that aren't finite or exceed 1e30, are
    quarantined; they fail nothing else. `stored` counts ticks after merging those of one instant.
    """
    kept, strays = judge_ticks(ticks, now)
    if strays:
        await set_aside(tx, strays, now)
    if not kept:
        return Recorded(0, len(strays))
    merged = merge_ticks(kept)
    starts = {ts: bucket_of(ts) for ts in {tick.ts for tick in merged}}
    await ensure_days(tx, TICKS, days_of(starts))
    await store.save_ticks(tx, merged)
    await save_latest(tx, newest_of(merged))
    buckets = sorted({(tick.station_no, tick.evse, starts[tick.ts]) for tick in merged})
    await store.mark_dirty(tx, buckets, open_from=bucket_of(now), now=now)
    return Recorded(len(merged), len(strays))
