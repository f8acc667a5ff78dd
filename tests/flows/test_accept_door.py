"""Strangers neither keep a good station out nor hold places at the door for ever."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.flows.stack import Stack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidStatus


@pytest.fixture
def quick() -> Iterator[Stack]:
    """A whole Voltkeep that counts 6 s of silence as offline."""
    one = Stack(VOLTKEEP_OCPP_CONFIGURE="false", VOLTKEEP_OFFLINE_AFTER_S="6", VOLTKEEP_OCPP_PING_S="1")
    try:
        one.start()
        yield one
        print(one.said()[-20_000:])  # noqa: T201  pytest shows it only for a failure
    finally:
        one.remove()


async def knock(stack: Stack, identity: str, password: str) -> ClientConnection:
    login = base64.b64encode(f"{identity}:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {login}"}
    url = f"{stack.ocpp}/{identity}"
    return await connect(url, additional_headers=headers, subprotocols=["ocpp1.6"], proxy=None)  # type: ignore[list-item]


async def refusal(stack: Stack, identity: str, password: str) -> int:
    with pytest.raises(InvalidStatus) as caught:
        await knock(stack, identity, password)
    return caught.value.response.status_code


def made(api: httpx.Client, identity: str) -> str:
    answer = api.post("/stations", json={"identity": identity})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["password"])


def station(api: httpx.Client, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/stations/{identity}").json()
    return found


async def test_guessing_is_limited_but_the_right_password_always_comes_in(stack: Stack) -> None:
    with stack.api() as api:
        password = made(api, "MINE")
        other = made(api, "OTHER")
        guesses = [await refusal(stack, "MINE", f"guess{n}") for n in range(40)]
        assert guesses[0] == 401
        assert guesses[-1] == 429
        await (await knock(stack, "MINE", password)).close()

        strangers = [await refusal(stack, f"STRANGER{n}", "x") for n in range(140)]
        assert strangers[-1] == 429
        await (await knock(stack, "OTHER", other)).close()

        waiting = {one["identity"] for one in api.get("/stations/waiting", params={"limit": 500}).json()["items"]}
        assert "STRANGER0" in waiting
        assert "STRANGER139" not in waiting, "who is limited costs no row"


async def test_a_killed_gateway_leaves_no_station_online(quick: Stack) -> None:
    with quick.api() as api:
        back = made(api, "BACK")
        held = [await knock(quick, "GONE", made(api, "GONE")), await knock(quick, "BACK", back)]
        for identity in ("GONE", "BACK"):
            while not station(api, identity)["online"]:
                await asyncio.sleep(0.05)
        assert len(held) == 2
        killed = quick.pid("ocpp")
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        began = time.monotonic()
        socket = await _again(quick, "BACK", back)
        while station(api, "GONE")["online"]:
            assert time.monotonic() - began < 9, "shown online though nobody has heard it"
            await asyncio.sleep(0.1)
        assert station(api, "BACK")["online"]
        await socket.close()


async def _again(stack: Stack, identity: str, password: str) -> ClientConnection:
    async with asyncio.timeout(20):
        while True:
            try:
                return await knock(stack, identity, password)
            except (OSError, InvalidHandshake):
                await asyncio.sleep(0.1)
