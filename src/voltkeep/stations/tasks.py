"""What the worker does for stations without being asked."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.stations.actions import presence

SWEEP_EVERY_S = 15


async def sweep_offline(database: Database, offline_after_s: int) -> int:
    """Give up stations whose gateway died without a word; how many. Run it every SWEEP_EVERY_S."""
    async with database.transaction() as tx:
        return await presence.sweep_offline(tx, clock.now(), offline_after_s)
