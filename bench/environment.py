"""What the measuring modules work with: real engines, and a fresh migrated database for each that asks."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from voltkeep.apps.engines.postgres import EmbeddedPostgres
from voltkeep.apps.migrate import migrate
from voltkeep.kit.db import Database


@dataclass(frozen=True, slots=True)
class Environment:
    """`server_url`: a PostgreSQL whose user may create databases; `scale` stretches the long measurements."""

    server_url: str
    folder: Path
    scale: float = 1.0

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """A migrated database, dropped afterwards."""
        name = f"vk_bench_{secrets.token_hex(4)}"
        self._execute("create database {}", name)
        url = make_url(self.server_url).set(database=name).render_as_string(hide_password=False)
        await asyncio.to_thread(migrate, url)
        database = Database(url, pool_size=4, name="bench")
        try:
            yield database
        finally:
            await database.close()
            self._execute("drop database {} with (force)", name)

    def server_version(self) -> str:
        """As PostgreSQL tells it."""
        with psycopg.connect(self.server_url) as connection:
            row = connection.execute("show server_version").fetchone()
        return str(row[0]) if row else ""

    def _execute(self, statement: str, name: str) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@asynccontextmanager
async def environment() -> AsyncIterator[Environment]:
    """With the server of VOLTKEEP_TEST_DATABASE_URL, else an embedded one for the time of the run."""
    folder = Path(tempfile.mkdtemp(prefix="vk-bench-"))
    scale = float(os.environ.get("VOLTKEEP_TEST_SCALE", "1"))
    given = os.environ.get("VOLTKEEP_TEST_DATABASE_URL")
    postgres = None if given else EmbeddedPostgres(folder / "engines")
    try:
        url = given or await _started(postgres)
        yield Environment(url, folder, scale)
    finally:
        if postgres is not None:
            await postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _started(postgres: EmbeddedPostgres | None) -> str:
    assert postgres is not None
    return await postgres.start()
