"""The API as its own process: it answers, and on SIGTERM it lets every browser go and ends cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import httpx

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.accounts.actions.create_first_administrator import ensure_root_organisation
from voltkeep.apps.keys import secret_key
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.settings import Settings


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def api_process(
    settings: Settings, log: Path, **more: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The role, ready to answer, and its address."""
    port = free_port()
    environment = os.environ | {
        "VOLTKEEP_DATA_DIR": str(settings.data_dir),
        "VOLTKEEP_DATABASE_URL": str(settings.database_url),
        "VOLTKEEP_NATS_URL": str(settings.nats_url),
        "VOLTKEEP_HTTP_PORT": str(port),
        **more,
    }
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "voltkeep.apps.cli", "serve", "--role", "api", env=environment, stderr=output
        )
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=url) as client, asyncio.timeout(30):
            while True:
                assert process.returncode is None, log.read_text()
                try:
                    if (await client.get("/health/ready")).status_code == 200:
                        break
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def token_of(settings: Settings, database: Database) -> str:
    async with database.transaction() as tx:
        root = await ensure_root_organisation(tx, now=clock.now())
        _, plain = await create_api_token(
            tx, name="t", permissions=["*"], organisation_id=root, now=clock.now(), key=secret_key(settings)
        )
    return plain


async def test_sigterm_ends_open_streams_and_the_process_within_seconds(
    settings: Settings, database: Database, tmp_path: Path
):
    headers = {"authorization": f"Bearer {await token_of(settings, database)}"}
    async with (
        api_process(settings, tmp_path / "log") as (process, url),
        httpx.AsyncClient(base_url=url, headers=headers) as client,
        client.stream("GET", "/api/v1/live") as stream,
    ):
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith("retry:")
        began = monotonic()
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            async for _ in lines:
                pass
            code = await process.wait()

    assert code == 0, (tmp_path / "log").read_text()
    assert monotonic() - began < 8
    assert "Traceback" not in (tmp_path / "log").read_text()


async def test_only_a_trusted_proxy_may_name_the_caller(settings: Settings, database: Database, tmp_path: Path):
    token = await token_of(settings, database)
    headers = {"authorization": f"Bearer {token}", "x-forwarded-for": "203.0.113.9, 127.0.0.1"}
    new = {"email": "ann@example.org", "name": "Ann", "permissions": []}
    async with (
        api_process(settings, tmp_path / "log", VOLTKEEP_TRUSTED_PROXIES='["127.0.0.0/8"]') as (_, url),
        httpx.AsyncClient(base_url=f"{url}/api/v1", headers=headers) as client,
    ):
        assert (await client.post("/people", json=new)).status_code == 201

    async with database.transaction() as tx:
        assert await tx.value("select address from audit_entry where action = 'person.create'") == "203.0.113.9"


async def test_the_cookie_demands_tls_where_people_come_over_tls(
    settings: Settings, database: Database, tmp_path: Path
):
    token = await token_of(settings, database)
    new = {"email": "ann@example.org", "name": "Ann", "permissions": [], "password": "correct horse battery"}
    async with (
        api_process(settings, tmp_path / "log", VOLTKEEP_PUBLIC_URL="https://cpms.example.org") as (_, url),
        httpx.AsyncClient(base_url=f"{url}/api/v1") as client,
    ):
        await client.post("/people", json=new, headers={"authorization": f"Bearer {token}"})
        own_page = {"origin": "https://cpms.example.org"}
        answer = await client.post(
            "/sign-in", json={"email": new["email"], "password": new["password"]}, headers=own_page
        )

    assert answer.status_code == 200
    assert "; secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"]
