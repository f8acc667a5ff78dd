"""Retention: whole partitions go once they are older than what is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from voltkeep.kit.db import Database
from voltkeep.kit.partitions import Parted, drop_before
from voltkeep.telemetry.model import OLDEST
from voltkeep.telemetry.store.partitions import ROLLUPS, STATES, TICKS
from voltkeep.telemetry.store.quarantine import forget_quarantined

LONGER = 10  # rollups and state changes are small: they stay ten times as long as ticks
QUARANTINE_KEPT = timedelta(days=30)
MOST_QUARANTINED = 100_000


async def drop_old(database: Database, now: datetime, kept_days: int) -> list[str]:
    """Drop partitions past `kept_days` (rollups and states: ten times that); the names of what was dropped.

    Days that readings may still arrive for (30 back) stay in any case. A table that is locked for more than 2 s
    raises; the next run tries again.
    """
    days = max(kept_days, OLDEST.days + 1)
    dropped: list[str] = []
    kept: tuple[tuple[Parted, int], ...] = ((TICKS, days), (STATES, days * LONGER), (ROLLUPS, days * LONGER))
    for parted, stays in kept:
        async with database.transaction() as tx:
            dropped += await drop_before(tx, parted, (now - timedelta(days=stays)).astimezone(UTC).date())
    async with database.transaction() as tx:
        await forget_quarantined(tx, now - QUARANTINE_KEPT, MOST_QUARANTINED)
    return dropped
