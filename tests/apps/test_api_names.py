"""The addresses and names that scripts rely on, in the order a first script uses them."""

from __future__ import annotations

import httpx
import pytest

from voltkeep.apps.first_run import ensure_builtin
from voltkeep.kit import clock
from voltkeep.kit.services import Services


@pytest.fixture
async def client(services: Services, root_client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A program with all rights on an installation whose first run is over."""
    async with services.database.transaction() as tx:
        await ensure_builtin(tx, clock.now())
    return root_client


async def test_a_script_sets_up_a_station_and_asks_it_to_start(client: httpx.AsyncClient):
    station = await client.post("/stations", json={"identity": "CP-1"}, headers={"idempotency-key": "s1"})
    token = await client.post("/tokens", json={"uid": "04A1B2C3"})
    start = {"action": "start", "arguments": {"connector": 1, "token": "04A1B2C3"}}
    command = await client.post("/stations/CP-1/commands", json=start)
    seen = await client.get(f"/commands/{command.json().get('id')}")
    sessions = await client.get("/sessions", params={"station": "CP-1"})

    assert (station.status_code, token.status_code, command.status_code) == (201, 201, 202), command.text
    assert len(station.json()["password"]) >= 16
    assert seen.json()["state"] == "queued", "an offline station gets it when it comes back"
    assert (sessions.json()["items"], sessions.json()["next"]) == ([], None)


async def test_a_repeated_station_shows_no_password_again(client: httpx.AsyncClient):
    key = {"idempotency-key": "s1"}
    first, again = [await client.post("/stations", json={"identity": "CP-1"}, headers=key) for _ in range(2)]

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["password"]
    assert again.json() == first.json() | {"password": None}


async def test_wrong_arguments_name_the_field(client: httpx.AsyncClient):
    await client.post("/stations", json={"identity": "CP-1"})

    answer = await client.post("/stations/CP-1/commands", json={"action": "start", "arguments": {"connector": "x"}})

    assert answer.status_code == 422
    assert any(one["field"].startswith("arguments.connector") for one in answer.json()["errors"])


async def test_a_neighbour_can_not_tell_a_foreign_station_from_a_missing_one(
    client: httpx.AsyncClient, client_of, organisation
):
    await client.post("/stations", json={"identity": "CP-1"})
    neighbour = await client_of(organisation, "*")
    paths = ["", "/parameters", "/commands", "/frames", "/status-history", "/latest"]

    for path in paths:
        foreign, missing = [await neighbour.get(f"/stations/{name}{path}") for name in ("CP-1", "CP-2")]
        assert foreign.status_code == missing.status_code == 404, (path, foreign.text)
        strip = {"request_id": None}
        assert foreign.json() | strip == missing.json() | strip
    assert (await neighbour.get("/stations")).json()["items"] == []
