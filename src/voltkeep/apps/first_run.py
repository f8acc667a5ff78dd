"""What a database needs before the roles start; everything here may run again and again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from voltkeep.accounts.actions.create_first_administrator import FirstAdministrator, create_first_administrator
from voltkeep.apps.engines.private_files import write_private
from voltkeep.apps.migrate import migrate
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.profiles.actions.ensure_builtin import ensure_builtin
from voltkeep.telemetry.actions.ensure_partitions import ensure_partitions


async def prepare_database(url: str, *, note: Path) -> FirstAdministrator | None:
    """Migrates, adds the built-in profiles and today's partitions, creates the first administrator.

    Gives the administrator with its password only when it was made now; the password is also kept in `note` (0600),
    written before the commit so that it can't be lost.
    """
    await asyncio.to_thread(migrate, url)
    database = Database(url, pool_size=1, name="first-run")
    try:
        async with database.transaction() as tx:
            now = clock.now()
            await ensure_builtin(tx, now)
            await ensure_partitions(tx, now)
            made = await create_first_administrator(tx, now=now)
            if made is not None:
                write_private(note, f"{made.email}\n{made.password}\n")
    finally:
        await database.close()
    return made
