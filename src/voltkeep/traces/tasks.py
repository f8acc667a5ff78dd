"""What the worker does for the protocol log."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import TaskKind
from voltkeep.kit.settings import Settings
from voltkeep.traces.actions.keep_partitions import drop_old_frames, ensure_partitions


def task_kinds(database: Database, settings: Settings) -> list[TaskKind]:
    """Partitions ahead each hour; age and size limits each ten minutes."""

    async def make_ahead() -> None:
        async with database.transaction() as tx:
            await ensure_partitions(tx, now=clock.now())

    async def drop_old() -> None:
        async with database.transaction() as tx:
            await drop_old_frames(
                tx, now=clock.now(), days=settings.trace_retention_days, limit_mb=settings.trace_limit_mb
            )

    return [
        TaskKind("traces.make_partitions", make_ahead, cron="7 * * * *"),
        TaskKind("traces.drop_old_frames", drop_old, cron="*/10 * * * *"),
    ]
