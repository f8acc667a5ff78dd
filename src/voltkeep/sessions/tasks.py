"""What the worker does for sessions without being asked."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.sessions.actions import close_zombies as zombies

CLOSE_EVERY_S = 60


async def close_zombies(database: Database, silent_after_s: float) -> int:
    """Close live sessions whose stop will never come; how many. Run it every CLOSE_EVERY_S.

    A reachable station that says nothing of a session for `silent_after_s` has forgotten it.
    """
    total = 0
    while True:
        async with database.transaction() as tx:
            closed = await zombies.close_zombies(tx, clock.now(), silent_after_s)
        total += closed
        if closed < zombies.MOST_AT_ONCE:
            return total
