"""The API token of the simulated fleet, which gets its stations and cards as a real operator would."""

from __future__ import annotations

from pathlib import Path

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.accounts.actions.create_first_administrator import ensure_root_organisation
from voltkeep.accounts.actions.identify import identify_api_token
from voltkeep.apps.engines.private_files import write_private
from voltkeep.kit import clock
from voltkeep.kit.db import Database, Tx

PERMISSIONS = ("station.view", "station.create", "station.configure", "token.view", "token.manage")


async def fleet_token(url: str, *, key: bytes, file: Path) -> str:
    """The token kept in `file` (0600) while the database knows it, else a new one."""
    database = Database(url, pool_size=1, name="fleet-access")
    try:
        async with database.transaction() as tx:
            kept = file.read_text().strip() if file.exists() else ""  # noqa: ASYNC240  a few bytes, once a start
            if kept and await _is_known(tx, kept, key):
                return kept
            now = clock.now()
            _, plain = await create_api_token(
                tx,
                name="Simulated fleet",
                permissions=PERMISSIONS,
                organisation_id=await ensure_root_organisation(tx, now=now),
                now=now,
                key=key,
            )
            write_private(file, plain)
            return plain
    finally:
        await database.close()


async def _is_known(tx: Tx, plain: str, key: bytes) -> bool:
    found = await identify_api_token(tx, plain, key=key, now=clock.now(), address=None, request_id=None)
    return found is not None
