"""Stations through the API: who may add, see, edit and take away, and what an answer tells."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.kit.db import Database
from voltkeep.kit.services import Services
from voltkeep.stations.actions.admit import admit
from voltkeep.stations.model import Admittance, Admitted, Handshake, Refused

Client = Callable[..., Awaitable[httpx.AsyncClient]]


async def knock(api: FastAPI, identity: str, given: str | None) -> Admittance:
    services: Services = api.state.services
    async with services.database.transaction() as tx:
        return await admit(tx, Handshake(identity, given), key=services.secret_key, now=datetime.now(UTC))


async def test_the_password_is_shown_once_and_opens_the_door(api: FastAPI, client_of: Client, tenant: UUID) -> None:
    client = await client_of(tenant)
    made = await client.post("/stations", json={"identity": "CP1", "name": "Gate"}, headers={"Idempotency-Key": "a"})
    assert made.status_code == 201, made.text
    body = made.json()
    assert (body["identity"], body["admission"], body["online"], body["connectors"]) == ("CP1", "approved", False, [])
    assert body["organisation_id"] == str(tenant)
    assert isinstance(await knock(api, "CP1", body["password"]), Admitted)
    again = await client.post("/stations", json={"identity": "CP1", "name": "Gate"}, headers={"Idempotency-Key": "a"})
    assert again.status_code == 201
    assert (again.json()["id"], again.json()["password"]) == (body["id"], None)
    seen = await client.get("/stations/CP1")
    assert "password" not in seen.json()
    assert seen.json() == (await client.get(f"/stations/{body['id']}")).json()
    rotated = (await client.post("/stations/CP1/rotate-password")).json()["password"]
    assert await knock(api, "CP1", body["password"]) == Refused("wrong-password")
    assert isinstance(await knock(api, "CP1", rotated), Admitted)


async def test_a_neighbour_finds_nothing_and_may_nothing(client_of: Client, tenant: UUID, neighbour: UUID) -> None:
    mine, theirs = await client_of(tenant), await client_of(neighbour)
    made = (await mine.post("/stations", json={"identity": "CP1"})).json()
    paths = [f"/stations/{key}{rest}" for key in ("CP1", made["id"]) for rest in ("", "/status-history", "/uptime")]
    paths += ["/stations/CP1/parameters", "/stations/CP1/commands", "/stations/NOBODY"]
    answers = [await theirs.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(one.json()["type"], one.json()["title"], one.json()["detail"]) for one in answers}) == 1
    for verb in ("rotate-password", "suspend", "resume", "retire", "commands"):
        acted = await theirs.post(f"/stations/CP1/{verb}", json={"action": "reset"})
        assert acted.status_code == 404, verb
    assert (await theirs.patch("/stations/CP1", json={"name": "x"})).status_code == 404
    assert (await theirs.get("/stations")).json() == {"items": [], "next": None, "total": 0}
    taken = await theirs.post("/stations", json={"identity": "CP1"})
    assert taken.status_code == 409
    assert str(tenant) not in taken.text
    assert made["id"] not in taken.text


async def test_a_viewer_is_told_which_permission_is_missing(client_of: Client, tenant: UUID) -> None:
    owner, viewer = await client_of(tenant), await client_of(tenant, "station.view")
    await owner.post("/stations", json={"identity": "CP1"})
    refused = await viewer.post("/stations/CP1/suspend")
    assert refused.status_code == 403
    assert refused.json()["arguments"]["permission"] == "station.approve"
    assert (await viewer.post("/stations", json={"identity": "CP2"})).status_code == 403
    assert (await viewer.get("/stations/CP1/parameters")).status_code == 403
    sent = await viewer.post("/stations/CP1/commands", json={"action": "reset"})
    assert (sent.status_code, sent.json()["arguments"]["permission"]) == (403, "station.control")


@pytest.mark.parametrize("identity", ["", "a b", "..", "a/b", "a%2Fb", "x" * 300, "заряд", "a:b", "a\0b", "a\n"])
async def test_what_is_no_identity_is_refused_by_name_of_the_field(
    client_of: Client, tenant: UUID, identity: str
) -> None:
    client = await client_of(tenant)
    refused = await client.post("/stations", json={"identity": identity})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "identity"
    seen = await client.get(f"/stations/{quote(identity or '-', safe='')}")
    assert seen.status_code == 404


async def test_edits_name_the_revision_they_are_based_on(client_of: Client, tenant: UUID) -> None:
    client = await client_of(tenant)
    made = await client.post("/stations", json={"identity": "CP1", "name": "Old"})
    first = made.headers["ETag"]
    edited = await client.patch("/stations/CP1", json={"name": "New"}, headers={"If-Match": first})
    assert (edited.status_code, edited.json()["name"]) == (200, "New")
    late = await client.patch("/stations/CP1", json={"name": "Late"}, headers={"If-Match": first})
    assert late.status_code == 412
    emptied = await client.patch("/stations/CP1", json={"name": None}, headers={"If-Match": edited.headers["ETag"]})
    assert emptied.json()["name"] is None
    moved = await client.patch("/stations/CP1", json={"identity": "CP2"})
    assert moved.json()["identity"] == "CP2"
    assert (await client.get("/stations/CP1")).status_code == 404
    await client.post("/stations", json={"identity": "CP3"})
    assert (await client.patch("/stations/CP2", json={"identity": "CP3"})).status_code == 409
    site = await client.patch("/stations/CP2", json={"site_id": made.json()["id"]})
    assert (site.status_code, site.json()["errors"][0]["field"]) == (422, "site_id")
    assert (await client.patch("/stations/CP2", json={"name": "a\0b"})).status_code == 422


async def test_admission_moves_only_as_it_may_and_a_retired_identity_is_free(
    api: FastAPI, client_of: Client, tenant: UUID, database: Database
) -> None:
    client = await client_of(tenant)
    made = (await client.post("/stations", json={"identity": "CP1"})).json()
    assert (await client.post("/stations/CP1/resume")).status_code == 409
    assert (await client.post("/stations/CP1/suspend")).json()["admission"] == "suspended"
    assert await knock(api, "CP1", made["password"]) == Refused("not-approved", "suspended")
    blocked = await client.post("/stations/CP1/commands", json={"action": "reset"})
    assert blocked.status_code == 409
    assert (await client.post("/stations/CP1/resume")).json()["admission"] == "approved"
    assert isinstance(await knock(api, "CP1", made["password"]), Admitted)
    assert (await client.post("/stations/CP1/retire")).json()["admission"] == "retired"
    assert (await client.get("/stations/CP1")).status_code == 404
    assert (await client.get(f"/stations/{made['id']}")).json()["retired_at"] is not None
    assert (await client.get("/stations")).json()["total"] == 0
    assert (await client.get("/stations", params={"admission": "retired"})).json()["total"] == 1
    assert (await client.post("/stations", json={"identity": "CP1"})).status_code == 201
    async with database.transaction() as tx:
        rows = await tx.rows("select action from audit_entry where object_kind = 'station' order by id")
    assert [row.action for row in rows] == [
        "station.create",
        "station.suspend",
        "station.resume",
        "station.retire",
        "station.create",
    ]


async def test_a_suspended_station_is_cut_after_the_commit(api: FastAPI, client_of: Client, tenant: UUID) -> None:
    client = await client_of(tenant)
    made = (await client.post("/stations", json={"identity": "CP1"})).json()
    services: Services = api.state.services
    heard: list[tuple[str, dict[str, object]]] = []

    async def note(subject: str, payload: dict[str, object]) -> None:
        heard.append((subject, payload))

    await services.bus.listen(f"station.{made['id']}.>", note)
    await services.bus.client.flush()
    await client.post("/stations/CP1/commands", json={"action": "reset"})
    await client.post("/stations/CP1/suspend")
    await services.bus.client.flush()
    assert [subject.rsplit(".", 1)[1] for subject, _ in heard] == ["command", "cut"]
    assert heard[1][1] == {"reason": "suspended"}
