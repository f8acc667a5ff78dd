"""What the worker does for stations without being asked."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import TaskKind
from voltkeep.kit.settings import Settings
from voltkeep.stations.actions import presence


def task_kinds(database: Database, settings: Settings) -> list[TaskKind]:
    """Every 15 s: stations whose gateway died without a word are given up."""

    async def sweep_offline() -> None:
        async with database.transaction() as tx:
            await presence.sweep_offline(tx, clock.now(), settings.offline_after_s)

    return [TaskKind("stations.sweep_offline", sweep_offline, cron="* * * * * */15", attempts=1)]
