"""Load on a WebSocket port from a process of its own; prints one JSON object.

Each client has one request on its way, sends the next when the answer is there, and notes how long that took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import uvloop
from tests.flows.raw_socket import RawSocket, handshake, open_socket

OPENING_AT_ONCE = 256


@dataclass
class Load:
    """What all clients share: when counting begins and ends, and what was counted."""

    began: float = 0.0
    until: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""

    def note(self, sent: float, answered: float) -> None:
        """One answer."""
        if sent >= self.began and answered <= self.until:
            self.latencies.append(answered - sent)

    def report(self) -> dict[str, float | int | str]:
        """Rate a second and latencies in milliseconds."""
        ordered = sorted(self.latencies)
        seconds = self.until - self.began
        return {
            "count": len(ordered),
            "per_second": len(ordered) / seconds,
            "p50_ms": 1000 * ordered[len(ordered) // 2] if ordered else 0.0,
            "p99_ms": 1000 * ordered[int(len(ordered) * 0.99)] if ordered else 0.0,
            "errors": self.errors,
            "first_error": self.first_error,
        }


Message = Callable[[int, str], bytes]
"""The n-th request of a client at an instant (RFC 3339)."""


def start_message(card: str) -> Message:
    """StartTransaction, each on another EVSE, since one car can't start twice."""

    def message(number: int, at: str) -> bytes:
        return (
            f'[2,"{number}","StartTransaction",{{"connectorId":{number % 30000 + 1},"idTag":"{card}",'
            f'"meterStart":{number},"timestamp":"{at}"}}]'
        ).encode()

    return message


def meter_message(transaction: str) -> Message:
    """MeterValues with four samples of a running transaction."""

    def message(number: int, at: str) -> bytes:
        return (
            f'[2,"{number}","MeterValues",{{"connectorId":1,"transactionId":{transaction},"meterValue":[{{"timestamp":'
            f'"{at}","sampledValue":[{{"value":"{number}","measurand":"Energy.Active.Import.Register","unit":"Wh"}},'
            f'{{"value":"11000","measurand":"Power.Active.Import","unit":"W"}},'
            f'{{"value":"15.9","measurand":"Current.Import","unit":"A","phase":"L1"}},'
            f'{{"value":"61","measurand":"SoC","unit":"Percent","location":"EV"}}]}}]}}]'
        ).encode()

    return message


class Client:
    """One station."""

    def __init__(self, load: Load, make: Callable[[str], Message], card: str) -> None:
        self._load = load
        self._make = make
        self._card = card
        self._message: Message | None = None
        self._number = 0
        self._sent = 0.0
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def open(self, port: int, request: bytes, *, charges: bool) -> RawSocket:
        """Connects; where asked begins a transaction first and waits for its id."""
        socket = await open_socket(port, request, self.on_message)
        if charges:
            socket.send(start_message(self._card)(0, stamp()))
            await asyncio.wait_for(self._ready, 30)
        else:
            self._message = self._make("0")
        return socket

    def go_on(self, socket: RawSocket) -> None:
        """Sends the next request."""
        if self._message is None:
            return
        self._number += 1
        self._sent = time.perf_counter()
        if self._sent < self._load.until:
            socket.send(self._message(self._number, stamp()))

    def on_message(self, socket: RawSocket, payload: bytes) -> None:
        """An answer; in the first one of a charging client is the transaction's id."""
        if self._message is None:
            self._message = self._make(str(json.loads(payload)[2]["transactionId"]))
            self._ready.set_result(None)
            return
        if payload[1] == 52:  # [4: an error
            self._load.errors += 1
            self._load.first_error = self._load.first_error or payload[:300].decode(errors="replace")
        else:
            self._load.note(self._sent, time.perf_counter())
        self.go_on(socket)


def stamp() -> str:
    """Now, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def open_all(clients: list[Client], options: argparse.Namespace) -> list[RawSocket]:
    """Every client's connection, a few dozen handshakes at a time."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one(place: int, client: Client) -> RawSocket:
        identity = f"{options.prefix}{place:05d}"
        request = handshake(f"/ocpp/{identity}", options.port, identity, options.password)
        async with gate:
            return await client.open(options.port, request, charges=options.mode == "meters")

    return list(await asyncio.gather(*(one(place, client) for place, client in enumerate(clients))))


async def run(options: argparse.Namespace) -> dict[str, float | int | str]:
    """Opens, warms up, measures."""
    load = Load()
    make = meter_message if options.mode == "meters" else lambda _: start_message(options.card)
    clients = [Client(load, make, options.card) for _ in range(options.clients)]
    began = time.perf_counter()
    sockets = await open_all(clients, options)
    opening_s = time.perf_counter() - began
    if options.mode == "hold":
        print(json.dumps({"opening_s": opening_s, "held": len(sockets)}), flush=True)
        await asyncio.sleep(options.seconds)
        return {"held": sum(one.transport is not None and not one.transport.is_closing() for one in sockets)}
    load.began = time.perf_counter() + options.warm_up
    load.until = load.began + options.seconds
    for client, socket in zip(clients, sockets, strict=True):
        client.go_on(socket)
    await asyncio.sleep(options.warm_up + options.seconds + 1)
    for socket in sockets:
        socket.abort()
    return {**load.report(), "opening_s": opening_s}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=("starts", "meters", "hold"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--warm-up", type=float, default=2)
    parser.add_argument("--prefix", default="BENCH-")
    parser.add_argument("--password", default="none")
    parser.add_argument("--card", default="BENCH0001")
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(json.dumps(uvloop.run(run(options))), flush=True)


if __name__ == "__main__":
    main()
