"""What the worker does for sessions."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import TaskKind
from voltkeep.sessions.actions.close_zombies import MOST_AT_ONCE, close_zombies

# A station that is reachable and says nothing of a session for so long has forgotten it.
SILENT_AFTER_S = 6 * 3600
MOST_CALLS = 20


def task_kinds(database: Database) -> tuple[TaskKind, ...]:
    """The periodic tasks, bound to the worker's database."""

    async def close_dead_sessions() -> None:
        for _ in range(MOST_CALLS):
            async with database.transaction() as tx:
                closed = await close_zombies(tx, clock.now(), SILENT_AFTER_S)
            if closed < MOST_AT_ONCE:
                return

    return (TaskKind("sessions.close_zombies", close_dead_sessions, cron="* * * * *"),)
