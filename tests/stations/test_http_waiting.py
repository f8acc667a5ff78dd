"""The door through the API: who knocked, letting them in, sending them away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import httpx
from fastapi import FastAPI

from voltkeep.kit.services import Services
from voltkeep.stations.actions.admit import admit
from voltkeep.stations.actions.presence import connect
from voltkeep.stations.actions.record_boots import record_candidate_boot
from voltkeep.stations.model import Admittance, Admitted, Boot, Connected, Handshake, Onboarding, Refused

Client = Callable[..., Awaitable[httpx.AsyncClient]]


async def knock(api: FastAPI, identity: str, given: str | None = None) -> Admittance:
    services: Services = api.state.services
    shown = Handshake(identity, given, "10.0.0.7", ("ocpp1.6",), "Maker/1.0")
    async with services.database.transaction() as tx:
        return await admit(tx, shown, key=services.secret_key, now=datetime.now(UTC))


async def test_an_unknown_station_is_approved_from_the_list(
    api: FastAPI, client_of: Client, organisation: UUID, tenant: UUID
) -> None:
    operator, other = await client_of(organisation), await client_of(tenant)
    await knock(api, "NEW-1", "whatever")
    services: Services = api.state.services
    async with services.database.transaction() as tx:
        await record_candidate_boot(tx, "NEW-1", Boot("Maker", "Model", "S1", "1.0"), datetime.now(UTC))
    assert (await other.get("/stations/waiting")).json()["items"] == []
    assert (await other.post("/stations/waiting/NEW-1/approve")).status_code == 404
    listed = (await operator.get("/stations/waiting")).json()
    assert listed["total"] == 1
    assert listed["items"][0]["boot"]["vendor"] == "Maker"
    assert listed["items"][0]["credentials"] == "basic"
    made = await operator.post("/stations/waiting/NEW-1/approve", json={"name": "Gate"})
    assert made.status_code == 201, made.text
    assert (made.json()["name"], made.json()["vendor"], made.json()["booted_at"]) == ("Gate", "Maker", None)
    assert isinstance(await knock(api, "NEW-1", made.json()["password"]), Admitted)
    assert (await operator.get("/stations/waiting")).json()["items"] == []
    assert (await operator.post("/stations/waiting/NEW-1/approve")).status_code == 404


async def test_the_dismissed_are_not_shown_and_not_let_in_by_a_window(
    api: FastAPI, client_of: Client, organisation: UUID
) -> None:
    client = await client_of(organisation)
    for identity in ("NEW-1", "NEW-2"):
        await knock(api, identity)
    assert (await client.post("/stations/waiting/NEW-1/dismiss")).status_code == 204
    assert [one["identity"] for one in (await client.get("/stations/waiting")).json()["items"]] == ["NEW-2"]
    shown = (await client.get("/stations/waiting", params={"dismissed": True})).json()["items"]
    assert [one["identity"] for one in shown] == ["NEW-1"]
    assert (await client.post("/onboarding-window", json={"minutes": 60})).status_code == 201
    assert await knock(api, "NEW-1") == Refused("unknown-identity")
    assert await knock(api, "NEW-2") == Onboarding("NEW-2", organisation)


async def test_a_window_shows_a_tenant_its_own_newcomers_until_it_closes(
    api: FastAPI, client_of: Client, tenant: UUID, neighbour: UUID
) -> None:
    client, other = await client_of(tenant), await client_of(neighbour)
    assert (await client.post("/onboarding-window", json={"minutes": 0})).status_code == 422
    await client.post("/onboarding-window", json={"minutes": 5})
    await client.post("/onboarding-window", json={"minutes": 60})
    assert len((await client.get("/onboarding-window")).json()["items"]) == 1
    assert (await other.get("/onboarding-window")).json()["items"] == []
    assert await knock(api, "NEW-1") == Onboarding("NEW-1", tenant)
    assert [one["identity"] for one in (await client.get("/stations/waiting")).json()["items"]] == ["NEW-1"]
    assert (await other.get("/stations/waiting")).json()["items"] == []
    assert (await client.delete("/onboarding-window")).status_code == 204
    assert await knock(api, "NEW-1") == Refused("unknown-identity")
    assert (await client.get("/overview/stations")).json()["waiting"] == 1


async def test_pages_of_the_door_neither_repeat_nor_skip(api: FastAPI, client_of: Client, organisation: UUID) -> None:
    client = await client_of(organisation)
    for number in range(7):
        await knock(api, f"NEW-{number}")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/stations/waiting", params=params)).json()
        seen += [one["identity"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [f"NEW-{number}" for number in reversed(range(7))]
    assert (await client.get("/stations/waiting", params={"cursor": "WyJ4IiwieSJd"})).status_code == 422


async def test_a_wrong_password_shows_until_the_right_one_came(api: FastAPI, client_of: Client, tenant: UUID) -> None:
    client = await client_of(tenant)
    made = (await client.post("/stations", json={"identity": "CP1"})).json()
    await knock(api, "CP1", "wrong")
    waiting = (await client.get("/stations/waiting")).json()
    shown = [(one["reason"], one["credentials"], one["station_id"]) for one in waiting["items"]]
    assert shown == [("wrong-password", "wrong", made["id"])]
    refused = await client.post("/stations/waiting/CP1/approve")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:voltkeep:problem:identity-taken")
    services: Services = api.state.services
    async with services.database.transaction() as tx:
        connected = Connected(UUID(made["id"]), None, "gateway-1", "ocpp1.6")
        await connect(tx, connected, datetime.now(UTC))
    assert (await client.get("/stations/waiting")).json() == {"items": [], "next": None, "total": 0}
