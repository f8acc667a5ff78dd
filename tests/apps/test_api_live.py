"""The live stream over a real socket: only what the viewer may see, bounded, alive, and closed when access ends."""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError

import voltkeep
from voltkeep.accounts.model import SYSTEM
from voltkeep.apps.live import MOST_WAITING, Live, Stream, permission_for
from voltkeep.kit.db import publish
from voltkeep.kit.events import Event
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services
from voltkeep.stations.events import StationConnected


class Reader:
    """An event stream read as a browser does."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.lines = response.aiter_lines()

    async def event(self) -> tuple[str, dict[str, Any]]:
        """The next event's name and data; comments and retry hints are passed over."""
        name = "message"
        async with asyncio.timeout(5):
            async for line in self.lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    return name, json.loads(line.removeprefix("data: "))
        raise EOFError

    async def ended(self) -> bool:
        """Whether the server closes the stream within some seconds."""
        async with asyncio.timeout(8):
            async for _ in self.lines:
                pass
        return True


@asynccontextmanager
async def following(client: httpx.AsyncClient) -> AsyncIterator[Reader]:
    """A stream that is open: its first `resync` has come."""
    async with client.stream("GET", "/live") as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        reader = Reader(response)
        assert (await reader.event())[0] == "resync"
        yield reader


async def connect_station(services: Services, organisation_id: UUID, *, and_then: str = "select 1") -> UUID:
    station = new_id()
    event = StationConnected(
        id=station, organisation_id=organisation_id, station_id=station, at=datetime.now(UTC), epoch=1
    )
    async with services.database.transaction() as tx:
        await publish(tx, [event])
        await tx.run(and_then)
    return station


async def add_organisation(services: Services, parent: UUID | None = None) -> UUID:
    one = new_id()
    async with services.database.transaction() as tx:
        await tx.run(
            "insert into organisation (id, parent_id, name, created_at) values (:id, :parent, 'x', now())",
            id=one,
            parent=parent,
        )
    return one


async def test_an_event_reaches_a_viewer_after_the_commit(services: Services, client_of, organisation):
    async with following(await client_of(organisation, "station.view")) as reader:
        station = await connect_station(services, organisation)

        name, data = await reader.event()

    assert (name, data["type"], data["v"], data["station_id"]) == ("message", "station.connected", 1, str(station))
    assert data["at"]


async def test_a_rolled_back_event_is_never_told(services: Services, client_of, organisation):
    async with following(await client_of(organisation, "station.view")) as reader:
        with pytest.raises(DBAPIError):
            await connect_station(services, organisation, and_then="select 1 / 0")
        kept = await connect_station(services, organisation)

        assert (await reader.event())[1]["id"] == str(kept)


async def test_neighbours_and_people_without_the_permission_hear_nothing(services: Services, client_of, organisation):
    branch, neighbour = await add_organisation(services, organisation), await add_organisation(services)
    watchers = [
        await client_of(organisation, "station.view"),
        await client_of(neighbour, "*"),
        await client_of(organisation, "session.view"),
    ]
    async with following(watchers[0]) as above, following(watchers[1]) as foreign, following(watchers[2]) as other:
        station = await connect_station(services, branch)
        assert (await above.event())[1]["id"] == str(station)

        theirs = await connect_station(services, neighbour)
        assert (await foreign.event())[1]["id"] == str(theirs), "the branch's station would have come first"
        ended = {"type": "session.ended", "organisation_id": str(organisation), "id": "s"}
        await services.bus.tell(f"live.{organisation}", {"events": [ended]})
        assert (await other.event())[1]["type"] == "session.ended"


async def test_revoking_a_token_closes_its_stream_and_no_other(services: Services, client_of, organisation):
    doomed = await client_of(organisation, "station.view")
    safe = await client_of(organisation, "*")
    async with following(doomed) as reader, following(safe) as other:
        assert (await safe.delete(f"/api-tokens/{doomed.headers['x-test-id']}")).status_code == 204

        assert await reader.ended()
        await connect_station(services, organisation)
        assert (await other.event())[1]["type"] == "station.connected"
    assert (await doomed.get("/live")).status_code == 401


async def test_access_that_ends_without_a_notice_is_found_by_looking(
    api: FastAPI, services: Services, client_of, organisation
):
    api.state.live._recheck_s = 0.1
    client = await client_of(organisation, "station.view")
    async with following(client) as reader:
        async with services.database.transaction() as tx:
            await tx.run("update api_token set revoked_at = now()")

        assert await reader.ended()


async def test_rights_that_change_bind_an_open_stream(api: FastAPI, services: Services, client_of, organisation):
    api.state.live._recheck_s = 0.1
    async with following(await client_of(organisation, "station.view")) as reader:
        async with services.database.transaction() as tx:
            await tx.run("update api_token set permissions = '{session.view}'")
        await asyncio.sleep(0.4)
        await connect_station(services, organisation)
        started = {"type": "session.started", "organisation_id": str(organisation), "id": "s"}
        await services.bus.tell(f"live.{organisation}", {"events": [started]})

        assert (await reader.event())[1]["type"] == "session.started"


async def test_a_slow_reader_gets_one_resync_instead_of_a_growing_queue():
    stream = Stream(SYSTEM, new_id())

    for number in range(MOST_WAITING * 3):
        stream.offer(b"data: %d\n\n" % number)

    assert stream.waiting.qsize() <= MOST_WAITING
    waiting = stream.rest_after(b"")
    assert waiting.startswith(b"event: resync")
    assert waiting.endswith(b"data: %d\n\n" % (MOST_WAITING * 3 - 1))


async def test_a_bus_that_was_away_makes_screens_read_again(api: FastAPI, services: Services, client_of, organisation):
    async with following(await client_of(organisation, "station.view")) as reader:
        services.bus.client._transport.close()

        assert (await reader.event())[0] == "resync"
        station = await connect_station(services, organisation)
        assert (await reader.event())[1]["id"] == str(station)


async def test_a_quiet_stream_shows_that_it_lives(api: FastAPI, client_of, organisation):
    api.state.live._heartbeat_s = 0.1
    async with following(await client_of(organisation, "station.view")) as reader, asyncio.timeout(5):
        comments = []
        async for line in reader.lines:
            comments += [line] if line.startswith(":") else []
            if len(comments) == 3:
                break

    assert comments == [": still here"] * 3


async def test_a_browser_that_leaves_is_forgotten(api: FastAPI, client_of, organisation):
    live: Live = api.state.live
    async with following(await client_of(organisation, "station.view")):
        assert live.held == 1

    async with asyncio.timeout(5):
        while live.held:
            await asyncio.sleep(0.05)


async def test_nobody_follows_without_signing_in(api: FastAPI):
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1") as client:
        assert (await client.get("/live")).status_code == 401


async def test_one_token_can_not_take_every_place(api: FastAPI, client_of, organisation, monkeypatch):
    monkeypatch.setattr("voltkeep.apps.live.MOST_EACH", 2)
    greedy, other = [await client_of(organisation, "station.view") for _ in range(2)]
    async with following(greedy), following(greedy), following(other):
        refused = await greedy.get("/live")

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")


def test_every_event_has_somebody_who_may_hear_it():
    for file in Path(voltkeep.__file__).parent.glob("*/events.py"):
        importlib.import_module(f"voltkeep.{file.parent.name}.events")
    types = {event.type for event in Event.__subclasses__() if event.__module__.startswith("voltkeep.")}

    assert len(types) > 5
    assert {one for one in types if permission_for(one) is None} == set()


async def test_an_open_stream_ends_with_its_browser_session_and_does_not_prolong_it(
    api: FastAPI, services: Services, root_client: httpx.AsyncClient
):
    new = {"email": "ann@example.org", "name": "Ann", "permissions": [], "password": "correct horse battery"}
    await root_client.post("/people", json=new)
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1") as browser:
        signed_in = await browser.post("/sign-in", json={"email": new["email"], "password": new["password"]})
        async with services.database.transaction() as tx:
            await tx.run("update browser_session set last_seen_at = last_seen_at - interval '5 minutes'")
            before = await tx.value("select expires_at from browser_session")
        async with following(browser) as reader:
            async with services.database.transaction() as tx:
                assert await tx.value("select expires_at from browser_session") == before

            headers = {"x-csrf-token": signed_in.json()["csrf_token"]}
            assert (await browser.post("/sign-out", headers=headers)).status_code == 204

            assert await reader.ended()
