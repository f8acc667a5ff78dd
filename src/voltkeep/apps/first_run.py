"""What a database needs before the roles start; everything here may run again and again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from voltkeep.accounts.actions.create_first_administrator import FirstAdministrator, create_first_administrator
from voltkeep.accounts.actions.ensure_partitions import ensure_partitions as ensure_audit_partitions
from voltkeep.apps.engines.private_files import write_private
from voltkeep.apps.revisions import newest
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.profiles.actions.versions import ensure_builtin
from voltkeep.stations.actions.follow_builtins import follow_builtins
from voltkeep.telemetry.actions.ensure_partitions import ensure_partitions as ensure_telemetry_partitions
from voltkeep.traces.actions.keep_partitions import ensure_partitions as ensure_trace_partitions


async def bring_up_to_date(url: str) -> None:
    """Migrates, adds the built-in profiles and the partitions of these days."""
    database = Database(url, pool_size=1, name="migrate")
    try:
        if await _revision(database) != newest():
            await asyncio.to_thread(_migrate, url)
        async with database.transaction() as tx:
            now = clock.now()
            await ensure_builtin(tx, now)
            await follow_builtins(tx)
            await ensure_audit_partitions(tx, now)
            await ensure_telemetry_partitions(tx, now)
            await ensure_trace_partitions(tx, now=now)
    finally:
        await database.close()


async def _revision(database: Database) -> str | None:
    """The revision the database has; None for an empty one."""
    async with database.transaction() as tx:
        if await tx.value("select to_regclass('alembic_version')") is None:
            return None
        found: str | None = await tx.value("select version_num from alembic_version")
        return found


def _migrate(url: str) -> None:
    from voltkeep.apps.migrate import migrate  # Alembic takes long to import, and most starts have nothing to migrate

    migrate(url)


async def add_first_administrator(url: str, *, note: Path) -> FirstAdministrator | None:
    """Gives the administrator with its password only when it was made now, on an empty installation.

    The password is also kept in `note` (0600), written before the commit so that it can't be lost.
    """
    database = Database(url, pool_size=1, name="first-run")
    try:
        async with database.transaction() as tx:
            made = await create_first_administrator(tx, now=clock.now())
            if made is not None:
                write_private(note, f"{made.email}\n{made.password}\n")
    finally:
        await database.close()
    return made
