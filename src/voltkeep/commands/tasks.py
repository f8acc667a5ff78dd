"""What the worker does for commands without being asked."""

from __future__ import annotations

from voltkeep.commands.actions import expire
from voltkeep.kit import clock
from voltkeep.kit.db import Database

EXPIRE_EVERY_S = 10


async def expire_commands(database: Database) -> int:
    """End the commands whose time is over; how many. Run it every EXPIRE_EVERY_S."""
    total = 0
    while True:
        async with database.transaction() as tx:
            moved = await expire.expire_commands(tx, clock.now())
        total += moved
        if moved < expire.MOST_AT_ONCE:
            return total
