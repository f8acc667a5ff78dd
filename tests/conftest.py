"""Real engines for every test: from the environment, or embedded ones that live as long as the test run."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from hypothesis import settings as property_settings
from psycopg import sql
from sqlalchemy import make_url

from voltkeep.apps.engines.nats import EmbeddedNats
from voltkeep.apps.engines.postgres import EmbeddedPostgres
from voltkeep.apps.migrate import migrate
from voltkeep.apps.revisions import migrations_folder
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.services import Services
from voltkeep.kit.settings import Settings

# No deadline a case: how long one takes says more of the machine's other work than of ours.
property_settings.register_profile("voltkeep", deadline=None)
property_settings.load_profile("voltkeep")

TEMPLATE_LOCK = 7_365_118_002


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: their driver's event loop runs until the end, and no other can beside it."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def scale() -> float:
    """How long the long tests run: 1 in `make test`, more in `make soak`."""
    return float(os.environ.get("VOLTKEEP_TEST_SCALE", "1"))


@pytest.fixture(scope="session")
def engines_folder() -> Iterator[Path]:
    """A folder that an unprivileged PostgreSQL can enter even when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="vk-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server_url(engines_folder: Path) -> Iterator[str]:
    """A PostgreSQL server whose user may create databases."""
    if given := os.environ.get("VOLTKEEP_TEST_DATABASE_URL"):
        yield given
        return
    postgres = EmbeddedPostgres(engines_folder / "engines")
    yield asyncio.run(postgres.start())
    asyncio.run(postgres.stop())


@pytest.fixture(scope="session")
def nats_url(engines_folder: Path) -> Iterator[str]:
    """A NATS server with JetStream."""
    if given := os.environ.get("VOLTKEEP_TEST_NATS_URL"):
        yield given
        return
    nats = EmbeddedNats(engines_folder / "engines")
    yield asyncio.run(nats.start())
    asyncio.run(nats.stop())


def url_of(server: str, database: str) -> str:
    """The address of another database on the same server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def execute(server: str, statement: str, *names: str) -> None:
    """One statement outside a transaction; each `{}` is filled with a quoted name."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def drop(server: str, name: str) -> None:
    """Drop a database, waiting for a passing autovacuum, which only a superuser could end."""
    for tries_left in reversed(range(10)):
        try:
            execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            if not tries_left:
                raise
            time.sleep(0.3)
        else:
            return


def schema_mark() -> str:
    """A short hash of every migration."""
    mark = hashlib.sha256()
    for file in sorted(migrations_folder().rglob("*.py")) + sorted(migrations_folder().rglob("*.sql")):
        mark.update(file.name.encode() + file.read_bytes())
    return mark.hexdigest()[:12]


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """A migrated database to copy, made once for each state of the migrations; test runs side by side share it."""
    name = f"vk_template_{schema_mark()}"
    with psycopg.connect(server_url, autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if guard.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            making = f"{name}_new"
            drop(server_url, making)
            execute(server_url, "CREATE DATABASE {}", making)
            migrate(url_of(server_url, making))
            execute(server_url, "ALTER DATABASE {} RENAME TO {}", making, name)
    return name


@pytest.fixture
def database_url(server_url: str, template: str) -> Iterator[str]:
    """A fresh migrated database, dropped afterwards."""
    name = f"vk_test_{os.getpid()}_{secrets.token_hex(4)}"
    execute(server_url, "CREATE DATABASE {} TEMPLATE {}", name, template)
    yield url_of(server_url, name)
    drop(server_url, name)


@pytest.fixture
def settings(tmp_path: Path, database_url: str, nats_url: str) -> Settings:
    """Settings of a role on free ports, with a data folder of its own."""
    return Settings(
        data_dir=tmp_path, database_url=database_url, nats_url=nats_url, http_port=0, ocpp_port=0, mqtt_port=0
    )


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The fresh database behind the product's own pool."""
    pool = Database(database_url, pool_size=4, name="tests")
    yield pool
    await pool.close()


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[FastAPI]:
    """The API on a real socket; `app.state.url` is its address, `app.state.services` what it works with."""
    from voltkeep.apps.api import Server, build_app, uvicorn_config

    app = build_app(settings)
    server = Server(uvicorn_config(app, settings))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), await task
        await asyncio.sleep(0.01)
    app.state.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield app
    app.state.live.end_all()
    server.should_exit = True
    await task


@pytest.fixture
async def root_token(api: FastAPI) -> str:
    """An API token that may do everything in the root organisation and below."""
    from voltkeep.accounts.actions.create_api_token import create_api_token
    from voltkeep.accounts.actions.create_first_administrator import ensure_root_organisation

    services: Services = api.state.services
    async with services.database.transaction() as tx:
        root = await ensure_root_organisation(tx, now=clock.now())
        _, plain = await create_api_token(
            tx, name="root", permissions=["*"], organisation_id=root, now=clock.now(), key=services.secret_key
        )
    return plain


@pytest.fixture
async def root_client(api: FastAPI, root_token: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API with that token."""
    headers = {"authorization": f"Bearer {root_token}"}
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", headers=headers) as client:
        yield client
