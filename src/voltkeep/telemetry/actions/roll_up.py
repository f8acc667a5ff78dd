"""Recomputes the rollups of the 15 minutes that changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from prometheus_client import Counter

from voltkeep.kit.db import Database, Tx, is_passing_fault
from voltkeep.kit.partitions import ensure_days
from voltkeep.telemetry.model import BUCKET, days_of
from voltkeep.telemetry.store.partitions import ROLLUPS
from voltkeep.telemetry.store.rollups import forget_marks, recompute, take_marks

GRACE = timedelta(seconds=60)  # more than the clocks of two machines may differ
MOST_A_TURN = 200
GIVEN_UP = Counter("voltkeep_rollups_given_up_total", "Buckets that could not be rolled up, even alone")

log = structlog.get_logger(__name__)


async def roll_up(database: Database, now: datetime, *, limit: int = 20_000) -> int:
    """Roll up the closed buckets on the dirty list, at most `limit`; how many were done.

    A bucket is due a minute after its end; until then the series come from its ticks. Each turn of 200 commits by
    itself; several workers may run at once. A bucket that can't be computed is given up alone, counted and logged.
    """
    done, most = 0, MOST_A_TURN
    while done < limit:
        try:
            async with database.transaction() as tx:
                taken = await _take_and_compute(tx, now, min(most, limit - done))
        except Exception as error:
            if is_passing_fault(error):
                raise
            if most == 1:
                await _give_up_first(database, now, error)
            most = max(1, most // 8)
            continue
        if taken == 0:
            break
        done, most = done + taken, min(MOST_A_TURN, most * 2)
    return done


async def _take_and_compute(tx: Tx, now: datetime, most: int) -> int:
    marks = await take_marks(tx, due=now - GRACE - BUCKET, most=most)
    if marks:
        buckets = [mark.bucket for mark in marks]
        await ensure_days(tx, ROLLUPS, days_of(buckets))
        await recompute(tx, marks, min(buckets), max(buckets) + BUCKET)
        await forget_marks(tx, marks)
    return len(marks)


async def _give_up_first(database: Database, now: datetime, error: Exception) -> None:
    async with database.transaction() as tx:
        marks: Sequence[Any] = await take_marks(tx, due=now - GRACE - BUCKET, most=1)
        await forget_marks(tx, marks)
    for mark in marks:
        GIVEN_UP.inc()
        place = {"station_no": mark.station_no, "evse": mark.evse, "bucket": mark.bucket.isoformat()}
        log.error("bucket given up", **place, error=str(error)[:300])
