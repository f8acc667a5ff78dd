"""Bad input to the API is the asker's fault: a 4xx with a problem, never 500."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

LISTS = ("people", "api-tokens", "audit", "tokens", "stations", "stations/waiting", "sites", "sessions", "commands")
CURSORS = (
    b'["a","b"]',
    b"[1,2]",
    b'["2026","a"]',
    b'[{"a":1},[]]',
    b"[99999999999999999999999999,1]",
    b'["a\\u0000b","0197a2f0-0000-7000-8000-000000000000"]',
    b'["2026-11-22T00:00:00+00:00","a\\u0000b"]',
    b'["9999-12-31T23:59:59+00:00","0197a2f0-0000-7000-8000-000000000000"]',
    b"[1]",
    b"[[" * 2000,
)


def is_a_problem(answer: httpx.Response) -> bool:
    return 400 <= answer.status_code < 500 and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", LISTS)
async def test_a_cursor_that_is_not_ours_is_refused(root_client: httpx.AsyncClient, path: str) -> None:
    for keys in CURSORS:
        cursor = base64.urlsafe_b64encode(keys).decode().rstrip("=")
        answer = await root_client.get(f"/{path}", params={"cursor": cursor})
        assert answer.status_code == 200 or is_a_problem(answer), (keys, answer.text)


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("GET", "/audit", {"params": {"object_kind": "\0"}}),
        ("GET", "/audit", {"params": {"action": "\0"}}),
        ("GET", "/stations/ONE/frames", {"params": {"action": "\0"}}),
        ("GET", "/stations/ONE/uptime", {"params": {"to": "0001-01-01T00:00:00+14:00"}}),
        ("POST", "/sign-in", {"json": {"email": "a\0b@example.org", "password": "x"}}),
        ("POST", "/api-tokens", {"json": {"name": "a\0b", "permissions": ["station.view"]}}),
        ("POST", "/tokens", {"json": {"uid": "A1", "type": "a\0b"}}),
        ("POST", "/tokens", {"json": {"uid": "A1", "label": "a\0b"}}),
        (
            "POST",
            "/stations/ONE/commands",
            {"json": {"action": "ocpp.RemoteStopTransaction", "arguments": {"transactionId": 2**70}}},
        ),
    ],
)
async def test_nul_and_numbers_out_of_range_are_refused(
    api: FastAPI, root_client: httpx.AsyncClient, method: str, path: str, given: dict[str, Any]
) -> None:
    await root_client.post("/stations", json={"identity": "ONE"})

    answer = await root_client.request(method, path, **given)

    assert is_a_problem(answer), answer.text
    assert answer.json()["request_id"]


async def test_a_refused_value_changes_nothing(root_client: httpx.AsyncClient) -> None:
    key = {"idempotency-key": "k1"}
    assert is_a_problem(await root_client.post("/tokens", json={"uid": "A1", "label": "\0"}, headers=key))
    assert (await root_client.get("/tokens")).json()["items"] == []
    assert (await root_client.post("/tokens", json={"uid": "A1", "label": "ok"})).status_code == 201
