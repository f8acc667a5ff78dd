"""What the worker does for accounts."""

from __future__ import annotations

from datetime import timedelta

from voltkeep.accounts.actions.ensure_partitions import ensure_partitions
from voltkeep.accounts.actions.forget import forget_old_access
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.idempotency import purge_idempotency_keys
from voltkeep.kit.jobs import TaskKind
from voltkeep.kit.settings import Settings

KEEP_ENDED: timedelta = timedelta(days=30)


def task_kinds(database: Database, settings: Settings) -> list[TaskKind]:
    """What is over is forgotten once an hour; months of the audit trail are made daily."""

    async def forget() -> None:
        now = clock.now()
        async with database.transaction() as tx:
            await forget_old_access(tx, now=now, keep_ended=KEEP_ENDED)
            await purge_idempotency_keys(tx, now)

    async def make_months() -> None:
        async with database.transaction() as tx:
            await ensure_partitions(tx, clock.now())

    return [
        TaskKind("accounts.forget_old_access", forget, cron="23 * * * *"),
        TaskKind("accounts.make_partitions", make_months, cron="41 2 * * *"),
    ]
