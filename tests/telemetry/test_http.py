"""Charts and newest readings over HTTP: shapes, bounds, and who may see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.kit import clock
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services
from voltkeep.profiles.actions.versions import ensure_builtin, profile_for_protocol
from voltkeep.telemetry.actions.record_states import record_states
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.model import StateChange, Tick

POWER = "power-active-import"


async def make_organisation(services: Services) -> UUID:
    organisation = new_id()
    async with services.database.transaction() as tx:
        await tx.run("insert into organisation (id, name, created_at) values (:id, 'O', now())", id=organisation)
    return organisation


async def token_for(services: Services, organisation: UUID, *permissions: str) -> dict[str, str]:
    async with services.database.transaction() as tx:
        made = {"name": "t", "permissions": permissions, "organisation_id": organisation}
        _, plain = await create_api_token(tx, **made, now=clock.now(), key=services.secret_key)
    return {"authorization": f"Bearer {plain}"}


@pytest.fixture
async def owner(api: FastAPI) -> UUID:
    """An organisation with the station CP-1, which charged for an hour."""
    services: Services = api.state.services
    organisation, now = await make_organisation(services), clock.now()
    async with services.database.transaction() as tx:
        await ensure_builtin(tx, now)
        version = await profile_for_protocol(tx, "ocpp1.6")
        number = await tx.value(
            "insert into station (id, organisation_id, identity, profile_version_id, admission, created_at)"
            " values (:id, :o, 'CP-1', :v, 'approved', now()) returning station_no",
            id=new_id(),
            o=organisation,
            v=version.id,
        )
        for slot, parameter in ((1, POWER), (2, "energy-active-import-register")):
            await tx.run(
                "insert into slot (layout_no, slot, parameter, unit, created_at) values (:l, :s, :p, 'W', now())",
                l=version.layout_no,
                s=slot,
                p=parameter,
            )
        ticks = [
            Tick(number, 1, version.layout_no, now - timedelta(minutes=n), {1: 7000.0 + n % 2, 2: 9000.0 - n})
            for n in range(60)
        ]
        await record_ticks(tx, ticks, now=now)
        await record_states(tx, [StateChange(number, 1, "lock", "", now, "locked")], now=now)
    return organisation


@pytest.fixture
async def http(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", timeout=10) as client:
        yield client


async def test_a_chart_of_two_parameters(api: FastAPI, http: httpx.AsyncClient, owner: UUID) -> None:
    headers = await token_for(api.state.services, owner, "station.view", "telemetry.view")
    wanted = {
        "parameter": [POWER, "energy-active-import-register"],
        "from": (clock.now() - timedelta(hours=2)).isoformat(),
        "points": 20,
    }
    answer = await http.get("/stations/CP-1/series", params=wanted, headers=headers)
    assert answer.status_code == 200, answer.text
    energy, power = answer.json()["series"]
    assert (energy["kind"], power["kind"], power["evse"], power["source"]) == ("register", "gauge", 1, "1-minute")
    assert len(power["at"]) == len(power["value"]) == len(power["min"]) == len(power["max"]) <= 20
    assert (min(power["min"]), max(power["max"])) == (7000.0, 7001.0)
    assert energy["value"][-1] == 9000.0
    assert power["at"][-1].endswith("Z")


async def test_newest_readings(api: FastAPI, http: httpx.AsyncClient, owner: UUID) -> None:
    headers = await token_for(api.state.services, owner, "station.view", "telemetry.view")
    readings = (await http.get("/stations/CP-1/latest", headers=headers)).json()["readings"]
    assert {r["parameter"]: r["value"] or r["text"] for r in readings} == {
        POWER: 7000.0,
        "energy-active-import-register": 9000.0,
        "lock": "locked",
    }


@pytest.mark.parametrize("path", ["latest", f"series?parameter={POWER}&from=2026-01-01T00:00:00Z"])
async def test_strangers_find_nothing_and_lookers_need_the_permission(
    api: FastAPI, http: httpx.AsyncClient, owner: UUID, path: str
) -> None:
    services: Services = api.state.services
    stranger = await token_for(services, await make_organisation(services), "*")
    looker = await token_for(services, owner, "station.view")
    assert (await http.get(f"/stations/CP-1/{path}")).status_code == 401
    assert (await http.get(f"/stations/CP-1/{path}", headers=stranger)).status_code == 404
    refused = await http.get(f"/stations/CP-1/{path}", headers=looker)
    assert (refused.status_code, refused.json()["arguments"]["permission"]) == (403, "telemetry.view")


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-01T00:00:00Z",
        f"parameter={POWER}",
        f"parameter={POWER}&from=yesterday",
        f"parameter={POWER}&from=2026-01-01T00:00:00",
        f"parameter={POWER}&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        f"parameter={POWER}&from=1926-01-01T00:00:00Z",
        f"parameter={POWER}&from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z",
        f"parameter={POWER}&from=2026-01-01T00:00:00Z&points=5001",
        f"parameter={POWER}&from=2026-01-01T00:00:00Z&points=1",
        f"parameter={POWER}&from=2026-01-01T00:00:00Z&evse=70000",
        "parameter=a%00b&from=2026-01-01T00:00:00Z",
        "&".join(f"parameter=p{n}" for n in range(17)) + "&from=2026-01-01T00:00:00Z",
    ],
)
async def test_nonsense_is_answered_precisely(api: FastAPI, http: httpx.AsyncClient, owner: UUID, query: str) -> None:
    headers = await token_for(api.state.services, owner, "*")
    answer = await http.get(f"/stations/CP-1/series?{query}", headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
