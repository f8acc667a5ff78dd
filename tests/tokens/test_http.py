"""Tokens over the API."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from tests.sessions.makers import make_organisation
from tests.sessions.test_http import client_of

from voltkeep.kit.db import Database


@pytest.fixture
async def client(api: FastAPI, root_token: str) -> AsyncIterator[httpx.AsyncClient]:
    """A program that may do everything in the root organisation."""
    headers = {"authorization": f"Bearer {root_token}"}
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", headers=headers) as made:
        yield made


async def test_a_token_is_added_blocked_and_found(client: httpx.AsyncClient) -> None:
    added = await client.post("/tokens", json={"uid": "04A2B3C4"})
    assert added.status_code == 201
    token = added.json()
    assert (token["uid"], token["status"], token["type"]) == ("04A2B3C4", "Accepted", "ISO14443")
    blocked = await client.patch(f"/tokens/{token['id']}", json={"blocked": True, "label": "Lost card"})
    assert (blocked.json()["status"], blocked.json()["label"]) == ("Blocked", "Lost card")
    for query, found in (
        ({"search": "a2b"}, 1),
        ({"search": "lost"}, 1),
        ({"state": "blocked"}, 1),
        ({"state": "valid"}, 0),
    ):
        assert len((await client.get("/tokens", params=query)).json()["items"]) == found
    freed = await client.patch(f"/tokens/{token['id']}", json={"blocked": False})
    assert (freed.json()["status"], freed.json()["label"]) == ("Accepted", "Lost card")


async def test_a_uid_is_taken_whatever_its_case(client: httpx.AsyncClient) -> None:
    await client.post("/tokens", json={"uid": "abc"})
    again = await client.post("/tokens", json={"uid": "ABC"})
    assert (again.status_code, again.json()["type"]) == (409, "urn:voltkeep:problem:token-taken")


async def test_bad_tokens_are_refused(client: httpx.AsyncClient) -> None:
    uids = ("", " ", "x" * 37, "a\0b")
    for body in ({}, *({"uid": uid} for uid in uids), {"uid": "a", "expires_at": "2026-01-01T00:00:00"}):
        assert (await client.post("/tokens", json=body)).status_code == 422, body


async def test_pages_of_tokens(client: httpx.AsyncClient) -> None:
    for number in range(5):
        await client.post("/tokens", json={"uid": f"card{number}"})
    first = (await client.get("/tokens", params={"limit": 3})).json()
    second = (await client.get("/tokens", params={"limit": 3, "cursor": first["next"]})).json()
    uids = [token["uid"] for token in first["items"] + second["items"]]
    assert uids == [f"card{number}" for number in range(5)]
    assert second["next"] is None


async def test_neighbours_neither_see_nor_change_tokens(
    api: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    token = (await client.post("/tokens", json={"uid": "MINE"})).json()
    async with database.transaction() as tx:
        neighbour = await make_organisation(tx)
    async with await client_of(api, neighbour) as stranger:
        assert (await stranger.get("/tokens")).json()["items"] == []
        assert (await stranger.patch(f"/tokens/{token['id']}", json={"blocked": True})).status_code == 404
        taken = {"uid": "X", "organisation_id": token["organisation_id"]}
        assert (await stranger.post("/tokens", json=taken)).status_code == 403
    async with await client_of(api, neighbour, "token.view") as viewer:
        assert (await viewer.post("/tokens", json={"uid": "X"})).status_code == 403
