"""Which stations have something waiting: the net under wake-ups, which may be lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from voltkeep.commands import store
from voltkeep.kit.db import Tx

MOST_AT_ONCE = 5000


async def stations_waiting(tx: Tx, now: datetime) -> list[UUID]:
    """Stations with a queued command, at most 5,000. A process looks every few seconds for those it holds."""
    return await store.waiting_stations(tx, now, MOST_AT_ONCE)


async def stations_with_open(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations that a command waits for or was sent to: after connecting the others need no look each."""
    return await store.stations_with_open(tx, station_ids)
