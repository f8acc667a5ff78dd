"""The protocol log over HTTP: newest first, in pages, for those who may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.accounts.http import current_actor
from voltkeep.accounts.model import SYSTEM
from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.kit.problems import add_problems
from voltkeep.kit.web import services
from voltkeep.profiles.actions.versions import ensure_builtin, profile_for_protocol
from voltkeep.traces.actions.frame_log import FrameLog
from voltkeep.traces.http import router

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


class OnlyDatabase:
    """What this route needs of the services."""

    def __init__(self, database: Database) -> None:
        self.database = database


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client that the platform itself uses, and a station CP1 with 25 frames."""
    async with database.transaction() as tx:
        await ensure_builtin(tx, NOW)
        version = await profile_for_protocol(tx, "ocpp1.6")
        organisation = new_id()
        await tx.run("insert into organisation (id, name, created_at) values (:o, 'R', :now)", o=organisation, now=NOW)
        number = await tx.value(
            """insert into station (id, organisation_id, identity, profile_version_id, admission, created_at)
               values (:id, :o, 'CP1', :v, 'approved', :now) returning station_no""",
            id=new_id(),
            o=organisation,
            v=version.id,
            now=NOW,
        )
    frames = FrameLog(database, limit_mb=100)
    for n in range(25):
        frames.note(number, "in", "call", f'[2,"{n}","Heartbeat",{{}}]'.encode(), message_id=str(n), action="Heartbeat")
    await frames.flush()
    app = FastAPI()
    add_problems(app)
    app.include_router(router)
    app.dependency_overrides[services] = lambda: OnlyDatabase(database)
    app.dependency_overrides[current_actor] = lambda: SYSTEM
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as one:
        yield one


async def page(client: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    answer = await client.get("/stations/CP1/frames", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_pages_hold_every_frame_once(client: httpx.AsyncClient) -> None:
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 10}
    while True:
        found = await page(client, **query)
        seen += [frame["message_id"] for frame in found["items"]]
        if found["next"] is None:
            break
        query["cursor"] = found["next"]
    assert seen == [str(n) for n in reversed(range(25))]


async def test_filters_narrow_it(client: httpx.AsyncClient) -> None:
    assert len((await page(client, search='"7"'))["items"]) == 1
    assert (await page(client, direction="out"))["items"] == []
    assert (await page(client, action="Authorize"))["items"] == []
    assert (await page(client, to="2020-01-01T00:00:00Z"))["items"] == []
    assert len((await page(client, **{"from": "2020-01-01T00:00:00Z"}))["items"]) == 25


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 501}, {"cursor": "x"}, {"cursor": "WzEsMl0"}, {"direction": "up"}]
)
async def test_bad_questions_are_refused(client: httpx.AsyncClient, query: dict[str, Any]) -> None:
    assert (await client.get("/stations/CP1/frames", params=query)).status_code == 422


async def test_an_unknown_station_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/stations/NOPE/frames")).status_code == 404
