"""A command's round trip: from the POST to the station and back, until the API shows it accepted."""

from __future__ import annotations

import asyncio
import json
from time import perf_counter

import httpx
from tests.flows.raw_socket import RawSocket, handshake, open_socket
from tests.flows.stack import Stack

from bench.environment import Environment
from bench.provision import PASSWORD, PREFIX, provision
from bench.report import Figure

ROUNDS = 300
WARM_UP = 30
STATIONS = 20


async def run(env: Environment) -> list[Figure]:
    """Three figures, in about twenty seconds."""
    stack = Stack(VOLTKEEP_OCPP_CONFIGURE="false")
    try:
        await asyncio.to_thread(stack.start)
        await asyncio.to_thread(provision, stack, STATIONS)
        sockets = [await connected(stack, number) for number in range(STATIONS)]
        trips, bare = await measure(stack, round(ROUNDS * env.scale))
        for socket in sockets:
            socket.abort()
    finally:
        await asyncio.to_thread(stack.remove)
    note = f"{len(trips)} commands over {STATIONS} stations, one after another; POST, then GET until accepted"
    reference = "one GET of a command"
    return [
        Figure("Command round trip, p50", at(trips, 0.5), "ms", f"{reference}, p50", at(bare, 0.5), None, note),
        Figure("Command round trip, p99", at(trips, 0.99), "ms", f"{reference}, p99", at(bare, 0.99), None, "", "≤ 50"),
    ]


async def connected(stack: Stack, number: int) -> RawSocket:
    """A station that accepts whatever it is asked."""

    def accept(socket: RawSocket, payload: bytes) -> None:
        message = json.loads(payload)
        if message[0] == 2:
            socket.send(json.dumps([3, message[1], {"status": "Accepted"}]).encode())

    identity = f"{PREFIX}{number:05d}"
    request = handshake(f"/ocpp/{identity}", stack.ocpp_port, identity, PASSWORD)
    return await open_socket(stack.ocpp_port, request, accept)


async def measure(stack: Stack, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of each round trip, and of each bare GET, in order of size."""
    trips, bare = [], []
    headers = {"Authorization": f"Bearer {stack.token}"}
    async with httpx.AsyncClient(base_url=f"{stack.http}/api/v1", headers=headers, timeout=30) as api:
        for number in range(WARM_UP + rounds):
            identity = f"{PREFIX}{number % STATIONS:05d}"
            began = perf_counter()
            path = await issued(api, identity)
            while (await api.get(path)).json()["state"] != "accepted":
                if perf_counter() - began > 10:
                    raise RuntimeError(f"a command was not accepted within 10 s: {(await api.get(path)).text}")
            accepted = perf_counter()
            await api.get(path)
            if number >= WARM_UP:
                trips.append(accepted - began)
                bare.append(perf_counter() - accepted)
    return sorted(trips), sorted(bare)


async def issued(api: httpx.AsyncClient, identity: str) -> str:
    """The path of a new command."""
    words = {"action": "trigger", "arguments": {"message": "heartbeat"}}
    answer = await api.post(f"/stations/{identity}/commands", json=words)
    if answer.status_code != 202:
        raise RuntimeError(f"a command was refused: {answer.text[:300]}")
    return f"/commands/{answer.json()['id']}"


def at(ordered: list[float], share: float) -> float:
    """A quantile in milliseconds."""
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]
