"""What the worker does for commands without being asked."""

from __future__ import annotations

from voltkeep.commands.actions.expire import MOST_AT_ONCE, expire_commands
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import TaskKind
from voltkeep.kit.settings import Settings


def task_kinds(database: Database, settings: Settings) -> list[TaskKind]:
    """Every 10 s: commands whose time is over end."""

    async def expire() -> None:
        moved = MOST_AT_ONCE
        while moved == MOST_AT_ONCE:
            async with database.transaction() as tx:
                moved = await expire_commands(tx, clock.now())

    return [TaskKind("commands.expire", expire, cron="* * * * * */10", attempts=1)]
