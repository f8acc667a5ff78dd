"""Partitions ahead of the readings that will need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from voltkeep.kit.db import Tx
from voltkeep.kit.partitions import ensure_days
from voltkeep.telemetry.model import OLDEST
from voltkeep.telemetry.store.partitions import ROLLUPS, STATES, TICKS

AHEAD = timedelta(days=2)


async def ensure_partitions(tx: Tx, now: datetime) -> int:
    """Make the missing partitions from 30 days back to 2 days ahead; how many were made. Called at start and hourly."""
    first = (now - OLDEST).astimezone(UTC).date()
    last = (now + AHEAD).astimezone(UTC).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sum([await ensure_days(tx, parted, days) for parted in (TICKS, STATES, ROLLUPS)])
