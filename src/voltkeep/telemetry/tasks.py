"""What the worker does for telemetry."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import TaskKind
from voltkeep.kit.settings import Settings
from voltkeep.telemetry.actions.drop_old import drop_old
from voltkeep.telemetry.actions.ensure_partitions import ensure_partitions
from voltkeep.telemetry.actions.roll_up import roll_up

ROLL_UP_EVERY_S = 12


async def roll_up_due(database: Database) -> int:
    """Roll up the buckets that are due; how many. Run it every ROLL_UP_EVERY_S."""
    return await roll_up(database, clock.now())


async def make_ahead(database: Database) -> int:
    """Partitions for the coming days, unless they are there; how many were made."""
    async with database.transaction() as tx:
        return await ensure_partitions(tx, clock.now())


def task_kinds(database: Database, settings: Settings) -> list[TaskKind]:
    """Partitions ahead each hour; retention each night."""

    async def make_partitions() -> None:
        await make_ahead(database)

    async def keep_retention() -> None:
        await drop_old(database, clock.now(), settings.telemetry_retention_days)

    return [
        TaskKind("telemetry.make_partitions", make_partitions, cron="3 * * * *"),
        TaskKind("telemetry.drop_old", keep_retention, cron="17 3 * * *"),
    ]
