"""The main flow, over real sockets: a station is made, charges because an operator said so, and is billed to the Wh."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from tests.flows.stack import Stack

from voltkeep.apps.simulate.acknowledgements import NoAccount
from voltkeep.apps.simulate.characters import CHARACTERS
from voltkeep.apps.simulate.credentials import Credentials
from voltkeep.apps.simulate.facts import ChargeStarted, ChargeStopped, Kept, MeterRead
from voltkeep.apps.simulate.line import Line, LineOptions
from voltkeep.apps.simulate.pace import Pace
from voltkeep.apps.simulate.station import Station

IDENTITY = "FIRST*CHARGE|1"
CARD = "04AB12CD"


class Remembered(NoAccount):
    """Keeps what was acknowledged."""

    def __init__(self) -> None:
        self.facts: list[Kept] = []

    def acknowledged(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        self.facts.append(fact)


@pytest.fixture
def configuring() -> Iterator[Stack]:
    """A whole Voltkeep as it is installed, which configures its stations."""
    one = Stack()
    try:
        one.start()
        yield one
        print(one.said()[-20_000:])  # noqa: T201  pytest shows it only for a failure
    finally:
        one.remove()


@contextlib.asynccontextmanager
async def on_a_socket(stack: Stack, password: str, remembered: Remembered) -> AsyncIterator[Line]:
    """A fast charger of the simulator, whose client is not of our making."""
    station = Station(IDENTITY, CHARACTERS[1], (), random.Random(4))
    credentials = Credentials(stack.folder / "fleet.json", None, {IDENTITY: password})
    line = Line(station, LineOptions(stack.ocpp, mishaps=False), credentials, remembered, Pace(30), "first")
    task = asyncio.create_task(line.run())
    try:
        yield line
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(ask: Any, within_s: float = 20) -> Any:
    """Asks until the answer is true, and gives it."""
    async with asyncio.timeout(within_s):
        while not (answer := await ask()):
            await asyncio.sleep(0.05)
        return answer


async def get(api: httpx.AsyncClient, path: str, **query: Any) -> Any:
    answer = await api.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def command(api: httpx.AsyncClient, action: str, **arguments: Any) -> Any:
    """The id of a command that was taken."""
    answer = await api.post("/stations/FIRST*CHARGE%7C1/commands", json={"action": action, "arguments": arguments})
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


async def reaches(api: httpx.AsyncClient, identifier: str, *states: str) -> Any:
    """The command, once it is in one of the states."""

    async def look() -> Any:
        found = await get(api, f"/commands/{identifier}")
        return found if found["state"] in states else None

    return await until(look)


async def test_a_new_station_charges_on_an_operators_word_and_the_energy_is_right_to_the_wh(configuring: Stack) -> None:
    headers = {"Authorization": f"Bearer {configuring.token}"}
    remembered = Remembered()
    async with httpx.AsyncClient(base_url=f"{configuring.http}/api/v1", headers=headers, timeout=20) as api:
        made = await api.post("/stations", json={"identity": IDENTITY})
        assert made.status_code == 201, made.text
        assert (await api.post("/tokens", json={"uid": CARD})).status_code == 201
        async with on_a_socket(configuring, made.json()["password"], remembered) as line:

            async def is_online() -> Any:
                return (await get(api, "/stations/FIRST*CHARGE%7C1"))["online"]

            await until(is_online)
            await until(lambda: _configured(line))
            changed = await command(api, "set-parameters", values={"meter-value-sample-interval": "1"})
            await reaches(api, changed, "accepted", "observed")
            started = await command(api, "start", connector=1, token=CARD)
            assert (await reaches(api, started, "observed"))["observed_at"]
            (live,) = (await get(api, "/sessions", station=IDENTITY))["items"]
            assert (live["state"], live["evse"], live["connector"], live["token"]) == ("active", 1, 1, CARD)
            await until(lambda: _readings(remembered, 3))
            stopped = await command(api, "stop", session=live["id"])
            await reaches(api, stopped, "observed")
            (ended,) = (await get(api, "/sessions", station=IDENTITY))["items"]
    start = next(fact for fact in remembered.facts if isinstance(fact, ChargeStarted))
    stop = next(fact for fact in remembered.facts if isinstance(fact, ChargeStopped))
    assert stop.meter_wh > start.meter_wh
    assert (ended["id"], ended["state"], ended["stop_reason"]) == (live["id"], "ended", "Remote")
    assert ended["energy_wh"] == stop.meter_wh - start.meter_wh
    assert ended["problems"] == []


async def _configured(line: Line) -> bool:
    """The platform has asked for more than the energy register, as the profile wants."""
    return len(line.station.configuration.measurands("MeterValuesSampledData")) > 1


async def _readings(remembered: Remembered, count: int) -> bool:
    return sum(isinstance(fact, MeterRead) for fact in remembered.facts) >= count
