"""Quarantine: readings that aren't believed are kept apart, a bounded number of them, and all are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import Counter

from voltkeep.kit.db import Tx
from voltkeep.telemetry.model import Stray
from voltkeep.telemetry.store.quarantine import quarantine

MOST_ROWS_A_FLUSH = 20
QUARANTINED = Counter("voltkeep_telemetry_quarantined_total", "Readings that weren't believed", ["reason"])


async def set_aside(tx: Tx, strays: Sequence[Stray], now: datetime) -> None:
    """Count every stray and keep the first 20 of the flush."""
    for stray in strays:
        QUARANTINED.labels(stray.reason).inc()
    await quarantine(tx, strays[:MOST_ROWS_A_FLUSH], now)
