"""Commands through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.commands.actions.deliver import settle_commands, take_commands
from voltkeep.commands.model import Settled
from voltkeep.commands.tasks import expire_commands
from voltkeep.kit import clock
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services
from voltkeep.stations.actions.presence import connect
from voltkeep.stations.model import Connected, Station
from voltkeep.stations.tasks import sweep_offline


@pytest.fixture
def services(api: FastAPI) -> Services:
    """What the running API works with."""
    found: Services = api.state.services
    return found


@pytest.fixture
async def client(api: FastAPI, services: Services, organisation: UUID) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who may do everything in the station's organisation."""
    async with services.database.transaction() as tx:
        _, plain = await create_api_token(
            tx, name="test", permissions=["*"], organisation_id=organisation, now=clock.now(), key=services.secret_key
        )
    headers = {"authorization": f"Bearer {plain}"}
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", headers=headers, timeout=10) as client:
        yield client


async def test_a_command_is_followed_from_the_click_to_the_answer(
    client: httpx.AsyncClient, services: Services, station: Station
) -> None:
    asked = await client.post(
        "/stations/CP1/commands",
        json={"action": "reset", "arguments": {"type": "hard"}},
        headers={"Idempotency-Key": "k"},
    )
    assert asked.status_code == 202, asked.text
    body = asked.json()
    assert (body["station"], body["action"], body["arguments"], body["state"]) == (
        "CP1",
        "reset",
        {"type": "hard"},
        "queued",
    )
    assert (body["actor_kind"], body["actor_name"], body["evse"]) == ("api-token", "test", None)
    again = await client.post(
        "/stations/CP1/commands",
        json={"action": "reset", "arguments": {"type": "hard"}},
        headers={"Idempotency-Key": "k"},
    )
    assert again.json()["id"] == body["id"]
    async with services.database.transaction() as tx:
        taken = await take_commands(tx, station.id, 1, clock.now(), 10)
    assert [str(one.id) for one in taken] == [body["id"]]
    assert (await client.get(f"/commands/{body['id']}")).json()["state"] == "sent"
    async with services.database.transaction() as tx:
        await settle_commands(tx, [Settled(taken[0].id, "accepted", {"status": "Accepted"})], clock.now())
    done = (await client.get(f"/commands/{body['id']}")).json()
    assert (done["state"], done["answer"]) == ("accepted", {"status": "Accepted"})
    assert done["created_at"] <= done["sent_at"] <= done["settled_at"]


async def test_lists_are_the_newest_first_in_pages(client: httpx.AsyncClient, station: Station) -> None:
    ids = []
    for number in range(5):
        message = {"message": "heartbeat"} if number % 2 else {"message": "meter-values", "connector": 1}
        asked = await client.post("/stations/CP1/commands", json={"action": "trigger", "arguments": message})
        ids.append(asked.json()["id"])
    first = (await client.get("/stations/CP1/commands", params={"limit": 3})).json()
    second = (await client.get("/stations/CP1/commands", params={"limit": 3, "cursor": first["next"]})).json()
    assert [one["id"] for one in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] is None
    assert len((await client.get("/commands", params={"state": "queued", "action": "trigger"})).json()["items"]) == 5
    assert (await client.get("/commands", params={"action": "reset"})).json()["items"] == []
    for cursor in ("x", "W251bGxd", "WyJhIl0"):
        assert (await client.get("/commands", params={"cursor": cursor})).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "dance"}, "action"),
        ({"action": "a\0"}, "action"),
        ({"action": "reset", "arguments": {"type": 1}}, "arguments.type"),
        ({"action": "ocpp.Reset", "arguments": {"type": "Soft", "x": 1}}, "arguments"),
        ({"action": "reset", "arguments": []}, "arguments"),
    ],
)
async def test_a_wrong_ask_is_refused_with_its_place(
    client: httpx.AsyncClient, station: Station, body: dict[str, object], field: str
) -> None:
    refused = await client.post("/stations/CP1/commands", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


async def test_a_full_queue_says_when_to_come_back(
    client: httpx.AsyncClient, services: Services, station: Station
) -> None:
    for _ in range(services.settings.ocpp_queue_limit):
        assert (await client.post("/stations/CP1/commands", json={"action": "reset"})).status_code == 202
    full = await client.post("/stations/CP1/commands", json={"action": "reset"})
    assert (full.status_code, full.json()["type"]) == (429, "urn:voltkeep:problem:command-queue-full")
    assert int(full.headers["Retry-After"]) > 0


async def test_every_kind_tells_its_schema(client: httpx.AsyncClient) -> None:
    kinds = {one["name"]: one for one in (await client.get("/command-kinds")).json()["items"]}
    assert {"start", "stop", "reset", "trigger", "set-parameters", "read-parameters"} <= kinds.keys()
    assert kinds["ocpp.Reset"]["arguments"]["properties"]["type"]["enum"] == ["Hard", "Soft"]
    assert kinds["reset"]["arguments"]["properties"]["type"]["enum"] == ["soft", "hard"]
    assert kinds["read-parameters"]["read_only"]
    assert not kinds["reset"]["read_only"]


async def test_the_worker_ends_commands_whose_time_is_over_and_finds_dead_gateways(
    services: Services, client: httpx.AsyncClient, station: Station
) -> None:
    given = await client.post(
        f"/stations/{station.id}/commands", json={"action": "reset", "arguments": {"type": "soft"}}
    )
    async with services.database.transaction() as tx:
        await tx.run("update command set expires_at = now() - interval '1 minute'")
        await connect(tx, Connected(station.id, "127.0.0.1", "gone", "ocpp1.6"), clock.now() - timedelta(minutes=10))
    assert await expire_commands(services.database) == 1
    assert await sweep_offline(services.database, 60) == 1
    ended = await client.get(f"/commands/{given.json()['id']}")
    assert ended.json()["state"] == "expired"
    async with services.database.transaction() as tx:
        assert await tx.value("select online from station_presence where station_id = :id", id=station.id) is False


async def test_a_neighbour_sees_no_command_and_the_giver_always_sees_its_own(
    api: FastAPI, client: httpx.AsyncClient, services: Services, station: Station, organisation: UUID
) -> None:
    next_door = new_id()
    plains = {}
    async with services.database.transaction() as tx:
        await tx.run(
            "insert into organisation (id, parent_id, name, created_at) values (:id, :root, 'Next door', now())",
            id=next_door,
            root=organisation,
        )
        for owner, *rights in ((next_door, "*"), (organisation, "station.view", "station.control")):
            _, plains[owner] = await create_api_token(
                tx, name="t", permissions=rights, organisation_id=owner, now=clock.now(), key=services.secret_key
            )
    base = f"{api.state.url}/api/v1"
    seen = (await client.post("/stations/CP1/commands", json={"action": "reset"})).json()["id"]
    async with httpx.AsyncClient(base_url=base, headers={"authorization": f"Bearer {plains[next_door]}"}) as stranger:
        assert (await stranger.get(f"/commands/{seen}")).status_code == 404
        assert (await stranger.get(f"/commands/{new_id()}")).status_code == 404
        assert (await stranger.get("/commands")).json()["items"] == []
    async with httpx.AsyncClient(base_url=base, headers={"authorization": f"Bearer {plains[organisation]}"}) as giver:
        assert (await giver.get(f"/commands/{seen}")).status_code == 404
        own = (await giver.post("/stations/CP1/commands", json={"action": "reset"})).json()["id"]
        assert (await giver.get(f"/commands/{own}")).status_code == 200
        assert (await giver.get("/stations/CP1/commands")).status_code == 403
