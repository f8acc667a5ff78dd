"""Stations that charge in seconds, and an account of what they sent and what was acknowledged.

The account is independent of Voltkeep: it only knows the frames. A station sends each message until it is
acknowledged, as OCPP 1.6 stations do, now and then again after that, and then it must get the first answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from tests.flows.raw_socket import RawSocket, Refused, handshake, open_socket
from tests.flows.stack import Stack

ANSWER_WITHIN_S = 8.0
SHORTEST_STEP = timedelta(milliseconds=1)


@dataclass
class Charge:
    """One transaction as the station knows it; `readings` are registers in Wh by instant."""

    identity: str
    started_at: str
    card: str
    meter_start: int
    transaction_id: int | None = None
    start_acknowledged: bool = False
    readings: dict[str, int] = field(default_factory=dict)
    readings_acknowledged: set[str] = field(default_factory=set)
    stopped_at: str | None = None
    meter_stop: int | None = None
    stop_acknowledged: bool = False


@dataclass
class Tally:
    """Counts of everything that left the stations and what came back."""

    counts: Counter[str] = field(default_factory=Counter)
    charges: list[Charge] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """Messages acknowledged for the first time."""
        return sum(count for name, count in self.counts.items() if name.startswith("acknowledged"))


class Driver:
    """One station, with one connector."""

    def __init__(self, identity: str, password: str, port: int, card: str, tally: Tally, seed: str) -> None:
        self.identity = identity
        self._request = handshake(f"/ocpp/{identity}", port, identity, password)
        self._port = port
        self._card = card
        self._tally = tally
        self._rng = random.Random(seed)
        self._socket: RawSocket | None = None
        self._numbers = itertools.count(1)
        self._last = datetime.now(UTC)
        self._waiting: dict[str, asyncio.Future[list[Any]]] = {}
        self._meter = self._rng.randrange(1_000_000)

    async def run(self, stop: asyncio.Event) -> None:
        """Charges again and again; a charge that has begun is brought to its end."""
        while not stop.is_set():
            await self._charge()
        if self._socket is not None:
            self._socket.abort()

    async def _charge(self) -> None:
        charge = Charge(self.identity, self._instant(), self._card, self._meter)
        self._tally.charges.append(charge)
        start = {
            "connectorId": 1,
            "idTag": charge.card,
            "meterStart": charge.meter_start,
            "timestamp": charge.started_at,
        }
        answer = await self._deliver("StartTransaction", start)
        charge.transaction_id, charge.start_acknowledged = answer["transactionId"], True
        await self._maybe_repeat("StartTransaction", start, answer)
        for _ in range(self._rng.randrange(4)):
            await self._read(charge)
        await self._stop(charge)

    async def _read(self, charge: Charge) -> None:
        self._meter += self._rng.randrange(1, 900)
        at = self._instant()
        charge.readings[at] = self._meter
        value = {"value": str(self._meter), "measurand": "Energy.Active.Import.Register", "unit": "Wh"}
        words = {
            "connectorId": 1,
            "transactionId": charge.transaction_id,
            "meterValue": [{"timestamp": at, "sampledValue": [value]}],
        }
        answer = await self._deliver("MeterValues", words)
        charge.readings_acknowledged.add(at)
        await self._maybe_repeat("MeterValues", words, answer)

    async def _stop(self, charge: Charge) -> None:
        self._meter += self._rng.randrange(900)
        charge.stopped_at, charge.meter_stop = self._instant(), self._meter
        words = {
            "transactionId": charge.transaction_id,
            "idTag": charge.card,
            "meterStop": charge.meter_stop,
            "timestamp": charge.stopped_at,
            "reason": "Local",
        }
        answer = await self._deliver("StopTransaction", words)
        charge.stop_acknowledged = True
        await self._maybe_repeat("StopTransaction", words, answer)

    async def _maybe_repeat(self, action: str, words: dict[str, Any], first: dict[str, Any]) -> None:
        """A station whose memory is slow sends once more what was acknowledged."""
        if self._rng.random() < 0.05:
            again = await self._deliver(action, words, counts=False)
            if again.get("transactionId") != first.get("transactionId"):
                self._tally.faults.append(f"{self.identity}: a repeated {action} got another answer: {first} {again}")

    async def _deliver(self, action: str, words: dict[str, Any], *, counts: bool = True) -> dict[str, Any]:
        """The answer's payload, after as many tries as it takes."""
        counted = f"acknowledged {action}" if counts else "repeated"
        self._tally.counts[f"sent {action}" if counts else "sent again"] += 1
        for attempt in itertools.count():
            if attempt:
                self._tally.counts["retries"] += 1
                await asyncio.sleep(self._rng.uniform(0.05, 0.4))
            try:
                answer = await self._ask(action, words)
            except (OSError, TimeoutError, Refused) as error:
                self._tally.counts[f"broken: {type(error).__name__}"] += 1
                continue
            if answer[0] == 3:
                self._tally.counts[counted] += 1
                return dict(answer[2])
            self._tally.counts[f"CALLERROR {answer[2]}"] += 1
        raise AssertionError("unreachable")

    async def _ask(self, action: str, words: dict[str, Any]) -> list[Any]:
        socket = self._socket or await self._connect()
        message_id = f"{self.identity}-{next(self._numbers)}"
        waiting = self._waiting[message_id] = asyncio.get_running_loop().create_future()
        socket.send(orjson.dumps([2, message_id, action, words]))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await waiting
        except TimeoutError:
            socket.abort()
            raise
        finally:
            self._waiting.pop(message_id, None)

    async def _connect(self) -> RawSocket:
        self._socket = await open_socket(self._port, self._request, self._on_message, self._on_close)
        return self._socket

    def _on_message(self, socket: RawSocket, payload: bytes) -> None:
        message = orjson.loads(payload)
        if message[0] == 2:
            socket.send(orjson.dumps([4, message[1], "NotSupported", "", {}]))
            return
        waiting = self._waiting.get(message[1])
        if waiting is not None and not waiting.done():
            waiting.set_result(message)

    def _on_close(self, socket: RawSocket) -> None:
        if self._socket is socket:
            self._socket = None
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("closed"))

    def _instant(self) -> str:
        """Now; no two messages of a station have the same instant."""
        now = datetime.now(UTC)
        self._last = max(now.replace(microsecond=now.microsecond // 1000 * 1000), self._last + SHORTEST_STEP)
        return self._last.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def run_for(drivers: list[Driver], seconds: float, meanwhile: Any = None) -> None:
    """Lets the stations charge for a time (or as long as `meanwhile` takes), then bring everything to its end."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(driver.run(stop)) for driver in drivers]
    try:
        if meanwhile is not None:
            await meanwhile
        else:
            await asyncio.sleep(seconds)
        stop.set()
        async with asyncio.timeout(60):
            await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def make_drivers(stack: Stack, count: int, tally: Tally, *, seed: int) -> list[Driver]:
    """Approved stations with one card each."""
    drivers = []
    with stack.api() as api:
        for number in range(1, count + 1):
            identity, card = f"KILL-{number:03d}", f"CAFE{number:04X}"
            made = api.post("/stations", json={"identity": identity})
            assert made.status_code == 201, made.text
            assert api.post("/tokens", json={"uid": card}).status_code == 201
            password = made.json()["password"]
            drivers.append(Driver(identity, password, stack.ocpp_port, card, tally, f"{seed}:{identity}"))
    return drivers
