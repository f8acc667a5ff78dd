"""People and API tokens made on the command line of the machine, which counts as being the administrator."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.accounts.actions.create_first_administrator import ensure_root_organisation
from voltkeep.accounts.actions.create_person import NewPerson, create_person
from voltkeep.accounts.model import SYSTEM
from voltkeep.apps.data_folder import with_running_engines
from voltkeep.apps.keys import secret_key
from voltkeep.apps.wiring import permissions as known_permissions
from voltkeep.kit import clock
from voltkeep.kit.db import Database, Tx
from voltkeep.kit.settings import Settings


@asynccontextmanager
async def _transaction(settings: Settings) -> AsyncIterator[Tx]:
    """Raises NotRunning when no database is known."""
    database = Database(str(with_running_engines(settings).database_url), pool_size=1, name="command-line")
    try:
        async with database.transaction() as tx:
            yield tx
    finally:
        await database.close()


async def add_person(settings: Settings, *, email: str, name: str, permissions: Iterable[str]) -> None:
    """Adds the person to the first organisation and prints the password that was made."""
    async with _transaction(settings) as tx:
        now = clock.now()
        organisation_id = await ensure_root_organisation(tx, now=now)
        new = NewPerson(email, name, organisation_id, frozenset(permissions))
        made = await create_person(
            tx, new, now=now, actor=SYSTEM, known_permissions=[one.code for one in known_permissions()]
        )
    print(f"{email} can sign in with this password, shown once:\n{made.password}")


async def add_api_token(settings: Settings, *, name: str, permissions: Iterable[str]) -> None:
    """Makes a token of the first organisation and prints it."""
    key = secret_key(settings)
    async with _transaction(settings) as tx:
        now = clock.now()
        organisation_id = await ensure_root_organisation(tx, now=now)
        _, plain = await create_api_token(
            tx,
            name=name,
            permissions=permissions,
            organisation_id=organisation_id,
            now=now,
            key=key,
            known_permissions=[one.code for one in known_permissions()],
        )
    print(f"Token of {name}, shown once:\n{plain}")
