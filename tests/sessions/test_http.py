"""Sessions over the API: the shape that scripts rely on, pages, timeline, CSV, commands, and who sees what."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from tests.sessions.makers import Place, make_organisation, make_token, meter, sample, start, stop

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.services import Services
from voltkeep.profiles.actions.slots import SlotCache
from voltkeep.sessions.actions.record_meter_values import record_meter_values
from voltkeep.sessions.actions.start_sessions import start_sessions
from voltkeep.sessions.actions.stop_sessions import stop_sessions
from voltkeep.sessions.model.readings import POWER


@pytest.fixture
def services(api: FastAPI) -> Services:
    """What the running API works with."""
    found: Services = api.state.services
    return found


async def client_of(api: FastAPI, organisation_id: UUID, *permissions: str) -> httpx.AsyncClient:
    """A program with these permissions in the organisation."""
    services: Services = api.state.services
    async with services.database.transaction() as tx:
        _, plain = await create_api_token(
            tx,
            name="test",
            permissions=list(permissions or ("*",)),
            organisation_id=organisation_id,
            now=clock.now(),
            key=services.secret_key,
        )
    return httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", headers={"authorization": f"Bearer {plain}"})


@pytest.fixture
async def client(api: FastAPI, place: Place) -> AsyncIterator[httpx.AsyncClient]:
    """A program that may do everything in the station's organisation."""
    async with await client_of(api, place.organisation_id) as made:
        yield made


async def charge(database: Database, place: Place, *, evse: int = 1, ago_s: int = 600, ends: bool = True) -> Any:
    """A charge of 2,500.5 Wh, or one that still goes on at 500 Wh and 7 kW."""
    began = clock.now() - timedelta(seconds=ago_s)
    later = began + timedelta(seconds=300)
    asked = start(**place.fields, evse=evse, at=began, received_at=began)
    async with database.transaction() as tx:
        (begun,) = await start_sessions([asked], tx=tx, now=began)
        power = sample(0, 7000, POWER, at=later)
        told = meter(
            begun.transaction_id, sample(0, 1500, at=later), power, **place.fields, evse=evse, received_at=later
        )
        await record_meter_values([told], tx=tx, slots=SlotCache(), now=later)
        if ends:
            ended = stop(
                begun.transaction_id, **place.fields, meter_stop="3500.5", at=later, received_at=later, reason="Remote"
            )
            await stop_sessions([ended], tx=tx, now=later)
    return begun


async def test_the_list_has_the_shape_that_scripts_rely_on(
    client: httpx.AsyncClient, database: Database, place: Place
) -> None:
    done = await charge(database, place)
    live = await charge(database, place, evse=2, ago_s=400, ends=False)
    answer = (await client.get("/sessions", params={"station": "CP1"})).json()
    first, second = answer["items"]
    assert answer["next"] is None
    assert (first["id"], first["state"], first["energy_wh"], first["power_w"]) == (
        str(live.session_id),
        "active",
        500,
        7000.0,
    )
    wanted = {
        "id": str(done.session_id),
        "station": "CP1",
        "station_id": str(place.station_id),
        "evse": 1,
        "connector": 1,
        "token": "CARD1",
        "state": "ended",
        "energy_wh": 2500,
        "stop_reason": "Remote",
        "ended_by": "station",
        "problems": [],
    }
    assert {name: second[name] for name in wanted} == wanted
    assert datetime.fromisoformat(second["ended_at"]) > datetime.fromisoformat(second["started_at"])


FILTERS: list[tuple[dict[str, str], int]] = [
    ({"state": "live"}, 1),
    ({"state": "ended"}, 2),
    ({"state": "problem"}, 0),
    ({"token": "card1"}, 3),
    ({"token": "CARD"}, 0),
    ({"search": "p1"}, 3),
    ({"search": "%"}, 0),
    ({"station": "CP2"}, 0),
    ({"from": "2100-01-01T00:00:00Z"}, 0),
    ({"to": "2100-01-01T00:00:00Z"}, 3),
]


async def test_filters(client: httpx.AsyncClient, database: Database, place: Place) -> None:
    for evse in (1, 2, 3):
        await charge(database, place, evse=evse, ends=evse != 3)
    for query, found in FILTERS:
        by_id = {"station": str(place.station_id)} | query
        for asked in (query, by_id):
            answer = await client.get("/sessions", params=asked)
            assert len(answer.json()["items"]) == found, asked


async def test_pages_neither_skip_nor_double(client: httpx.AsyncClient, database: Database, place: Place) -> None:
    for evse in range(1, 8):
        await charge(database, place, evse=evse, ago_s=1000 - evse // 3)
    seen, cursor = [], None
    while True:
        answer = await client.get("/sessions", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        seen += [one["id"] for one in answer.json()["items"]]
        if (cursor := answer.json()["next"]) is None:
            break
    assert len(seen) == len(set(seen)) == 7


async def test_bad_questions_name_their_fault(client: httpx.AsyncClient) -> None:
    naive = {"from": "2026-01-01T00:00:00"}
    for query in ({"limit": 0}, {"limit": 501}, {"cursor": "x"}, {"state": "odd"}, naive):
        answer = await client.get("/sessions", params=query)
        assert answer.status_code == 422, query
        assert answer.headers["content-type"] == "application/problem+json"


async def test_timeline_tells_start_status_note_and_end(
    client: httpx.AsyncClient, database: Database, place: Place
) -> None:
    done = await charge(database, place)
    async with database.transaction() as tx:
        await tx.run(
            """insert into status_change (id, organisation_id, station_id, evse, connector, at, received_at, status)
               select gen_random_uuid(), organisation_id, station_id, n, 1, started_at + interval '1 second',
                 started_at, 'charging' from charging_session, unnest(array[1, 2]) n"""
        )
    moments = (await client.get(f"/sessions/{done.session_id}/timeline")).json()
    assert [moment["kind"] for moment in moments] == ["started", "status", "ended"]
    assert moments[1]["details"]["evse"] == 1
    assert moments[2]["details"]["stop_reason"] == "Remote"


async def test_csv_holds_the_same_rows_and_runs_no_formula(
    client: httpx.AsyncClient, database: Database, place: Place
) -> None:
    await charge(database, place)
    async with database.transaction() as tx:
        await tx.run("update charging_session set token_uid = '=cmd()'")
    answer = await client.get("/sessions.csv", params={"station": "CP1"})
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert answer.headers["content-type"].startswith("text/csv")
    assert (row["station"], row["energy_wh"], row["token"]) == ("CP1", "2500", "'=cmd()")


async def test_overview_counts_today_and_the_last_day(
    client: httpx.AsyncClient, database: Database, place: Place
) -> None:
    await charge(database, place, ago_s=301)
    await charge(database, place, evse=2, ago_s=301, ends=False)
    seen = (await client.get("/overview/sessions")).json()
    assert (seen["live"], seen["live_power_w"]) == (1, 7000.0)
    assert (seen["starts_24h"], seen["start_success"]) == (2, 1.0)
    began = datetime.fromisoformat(seen["day_began_at"])
    if clock.now() - began > timedelta(seconds=400):
        assert (seen["energy_today_wh"], seen["sessions_today"]) == (3000, 2)


async def test_neighbours_see_nothing(api: FastAPI, database: Database, place: Place) -> None:
    done = await charge(database, place)
    async with database.transaction() as tx:
        neighbour = await make_organisation(tx)
    async with await client_of(api, neighbour) as stranger:
        assert (await stranger.get("/sessions")).json()["items"] == []
        assert (await stranger.get("/sessions", params={"station": "CP1"})).json()["items"] == []
        assert len((await stranger.get("/sessions.csv")).text.splitlines()) == 1
        assert (await stranger.get("/overview/sessions")).json()["live"] == 0
        for path in (f"/sessions/{done.session_id}", f"/sessions/{done.session_id}/timeline"):
            assert (await stranger.get(path)).status_code == 404
        body = {"action": "start", "arguments": {"connector": 1, "token": "CARD1"}}
        assert (await stranger.post("/stations/CP1/commands", json=body)).status_code == 404
    async with await client_of(api, place.organisation_id, "station.view") as blind:
        assert (await blind.get("/sessions")).status_code == 403
        assert (await blind.get("/sessions.csv")).status_code == 403


async def test_start_says_why_not(client: httpx.AsyncClient, database: Database, place: Place) -> None:
    await charge(database, place, evse=1, ends=False)
    async with database.transaction() as tx:
        await make_token(tx, place.organisation_id, "LOST", blocked_at=clock.now())
        for evse, status in ((1, "charging"), (2, "available"), (3, "faulted")):
            await tx.run(
                """insert into connector (station_id, evse, connector, status, status_at, received_at)
                   values (:id, :evse, 1, :status, now(), now())""",
                id=place.station_id,
                evse=evse,
                status=status,
            )

    async def ask(connector: int, uid: str = "CARD1") -> tuple[int, str]:
        body = {"action": "start", "arguments": {"connector": connector, "token": uid}}
        answer = await client.post("/stations/CP1/commands", json=body)
        return answer.status_code, answer.json().get("type", "").rpartition(":")[2]

    assert await ask(1) == (409, "evse-occupied")
    assert await ask(3) == (409, "evse-out-of-order")
    assert (await ask(4))[0] == 422
    assert (await ask(65))[0] == 422
    assert await ask(2, "NOBODY") == (422, "token-refused")
    assert await ask(2, "LOST") == (422, "token-refused")
    assert (await ask(2, "X" * 21))[0] == 422
    assert (await ask(2))[0] == 202


async def test_stop_names_the_transaction_for_the_wire(
    client: httpx.AsyncClient, database: Database, place: Place
) -> None:
    live = await charge(database, place, evse=2, ends=False)

    async def ask(**arguments: object) -> httpx.Response:
        return await client.post("/stations/CP1/commands", json={"action": "stop", "arguments": arguments})

    by_session = await ask(session=str(live.session_id))
    assert by_session.status_code == 202
    assert by_session.json()["arguments"]["transaction_id"] == live.transaction_id
    assert (await ask(transaction_id=live.transaction_id)).json()["evse"] == 2
    assert (await ask(transaction_id=1)).status_code == 404
    assert (await ask()).status_code == 422
    assert (await ask(session="x")).status_code == 422
