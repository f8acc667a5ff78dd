"""What the worker does for stations without being asked."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.stations.actions import presence


def sweep_every_s(offline_after_s: int) -> float:
    """Often enough that a sweep adds little to the time after which silence counts: 1 to 5 s."""
    return min(5.0, max(1.0, offline_after_s / 12))


async def sweep_offline(database: Database, offline_after_s: int) -> int:
    """Give up stations whose gateway died without a word; how many. Run it every `sweep_every_s`."""
    async with database.transaction() as tx:
        return await presence.sweep_offline(tx, clock.now(), offline_after_s)
