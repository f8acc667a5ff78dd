"""The table: filters, pages, figures, export."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest

from voltkeep.kit.db import Database
from voltkeep.stations.actions.presence import connect
from voltkeep.stations.actions.record_statuses import record_statuses
from voltkeep.stations.model import Connected, StatusReport

Client = Callable[..., Awaitable[httpx.AsyncClient]]
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
async def fleet(database: Database, client_of: Client, tenant: UUID) -> httpx.AsyncClient:
    """Seven stations: CP1 online with a fault, CP2 online and charging, the rest silent."""
    client = await client_of(tenant)
    site = (await client.post("/sites", json={"name": "Harbour", "time_zone": "Europe/Kyiv"})).json()
    made = {}
    for number in range(7):
        body = {"identity": f"CP{number}", "name": f"100% Bay_{number}", "site_id": site["id"] if number == 3 else None}
        made[number] = (await client.post("/stations", json=body)).json()
    async with database.transaction() as tx:
        for number, status in ((1, "faulted"), (2, "charging")):
            station_id = UUID(made[number]["id"])
            await connect(tx, Connected(station_id, "10.0.0.7", "gateway-1", "ocpp1.6"), NOON)
            report = StatusReport(station_id, tenant, 1, 1, status, "NoError", None, None, NOON, NOON)
            await record_statuses(tx, [report], NOON)
        await tx.run("update station set vendor = '=cmd()', model = 'AC22' where identity = 'CP4'")
    return client


@pytest.mark.parametrize(
    ("filters", "identities"),
    [
        ({"search": "bay_5"}, ["CP5"]),
        ({"search": "0% b"}, [f"CP{number}" for number in range(7)]),
        ({"search": "_%"}, []),
        ({"search": "ac2"}, ["CP4"]),
        ({"status": "faulted"}, ["CP1"]),
        ({"online": "true"}, ["CP1", "CP2"]),
        ({"online": "false", "search": "CP6"}, ["CP6"]),
        ({"model": "AC22"}, ["CP4"]),
        ({"admission": "suspended"}, []),
        ({"search": "", "model": "AC22"}, ["CP4"]),
    ],
)
async def test_filters_leave_what_they_say(
    fleet: httpx.AsyncClient, filters: dict[str, str], identities: list[str]
) -> None:
    page = (await fleet.get("/stations", params=filters)).json()
    assert [row["identity"] for row in page["items"]] == identities
    assert page["total"] == len(identities)


async def test_a_site_narrows_and_is_named_in_the_row(fleet: httpx.AsyncClient) -> None:
    site = (await fleet.get("/sites")).json()["items"][0]
    page = (await fleet.get("/stations", params={"site_id": site["id"]})).json()
    assert [(row["identity"], row["site_name"]) for row in page["items"]] == [("CP3", "Harbour")]
    assert (await fleet.post("/sites", json={"name": "x", "time_zone": "Mars/Base"})).status_code == 422


async def test_pages_neither_repeat_nor_skip(fleet: httpx.AsyncClient) -> None:
    first = (await fleet.get("/stations", params={"limit": 4})).json()
    second = (await fleet.get("/stations", params={"limit": 4, "cursor": first["next"]})).json()
    assert [row["identity"] for row in first["items"] + second["items"]] == [f"CP{number}" for number in range(7)]
    assert (first["total"], second["next"]) == (7, None)
    connectors = first["items"][1]["connectors"]
    assert [(one["evse"], one["status"]) for one in connectors] == [(1, "faulted")]
    for cursor in ("x", "WyJhIiwiYiJd"):
        assert (await fleet.get("/stations", params={"cursor": cursor})).status_code == 422
    assert (await fleet.get("/stations", params={"limit": 501})).status_code == 422
    assert (await fleet.get("/stations", params={"search": "a\0"})).status_code == 422


async def test_the_figures_of_the_overview(fleet: httpx.AsyncClient) -> None:
    assert (await fleet.get("/overview/stations")).json() == {
        "by_admission": {"approved": 7},
        "by_presence": {"online": 2, "offline": 5},
        "connectors_by_status": {"faulted": 1, "charging": 1},
        "faulted_stations": 1,
        "waiting": 0,
    }


async def test_the_export_obeys_the_filters_and_runs_no_formula(fleet: httpx.AsyncClient) -> None:
    answer = await fleet.get("/stations.csv", params={"online": "false"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["identity"] for row in rows] == ["CP0", "CP3", "CP4", "CP5", "CP6"]
    assert rows[2]["vendor"] == "'=cmd()"
    online = list(csv.DictReader(io.StringIO((await fleet.get("/stations.csv", params={"online": "true"})).text)))
    assert [row["connectors"] for row in online] == ["1.1:faulted", "1.1:charging"]


async def test_history_and_uptime_of_one_station(fleet: httpx.AsyncClient) -> None:
    history = (await fleet.get("/stations/CP1/status-history")).json()["items"]
    assert {(one["evse"], one["status"]) for one in history} == {(None, "online"), (1, "faulted")}
    only = (await fleet.get("/stations/CP1/status-history", params={"evse": 1, "limit": 1})).json()
    assert [one["status"] for one in only["items"]] == ["faulted"]
    span = {"from": "2026-05-04T12:00:00Z", "to": "2026-05-04T13:00:00Z"}
    answer = await fleet.get("/stations/CP1/uptime", params=span)
    assert answer.status_code == 200, answer.text
    figure = {"evse": 1, "connector": 1, "available_s": 0.0, "known_s": 3600.0, "share": 0.0}
    assert answer.json()["connectors"] == [figure]
    assert (await fleet.get("/stations/CP1/uptime", params={"from": "2025-01-01T00:00:00Z"})).status_code == 422
