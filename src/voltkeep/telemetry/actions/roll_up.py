"""Recomputes the rollups of the 15 minutes that changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from voltkeep.kit.db import Database
from voltkeep.telemetry.model import BUCKET, days_of
from voltkeep.telemetry.store.partitions import ROLLUPS, ensure_days
from voltkeep.telemetry.store.rollups import recompute, take_marks

GRACE = timedelta(seconds=60)  # more than the clocks of two machines may differ
MOST_A_TURN = 200


async def roll_up(database: Database, now: datetime, *, limit: int = 20_000) -> int:
    """Roll up the closed buckets on the dirty list, at most `limit`; how many were done.

    A bucket is due a minute after its end; until then the series come from its ticks. Each turn of 200 commits by
    itself; several workers may run at once.
    """
    done = 0
    while done < limit:
        async with database.transaction() as tx:
            marks = await take_marks(tx, due=now - GRACE - BUCKET, most=min(MOST_A_TURN, limit - done))
            if not marks:
                break
            buckets = [mark.bucket for mark in marks]
            await ensure_days(tx, ROLLUPS, days_of(buckets))
            await recompute(tx, marks, min(buckets), max(buckets) + BUCKET)
        done += len(marks)
    return done
