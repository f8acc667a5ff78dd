"""A stop for a transaction that was never begun here is answered, kept once, and billed from its own words."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.flows.stack import Stack
from websockets.asyncio.client import ClientConnection, connect

STOP = {
    "transactionId": 987654,
    "idTag": "AB12",
    "meterStop": 5000,
    "timestamp": "2026-01-05T12:00:00Z",
    "transactionData": [
        {"timestamp": "2026-01-05T11:00:00Z", "sampledValue": [{"value": "1000", "context": "Transaction.Begin"}]},
        {"timestamp": "2026-01-05T12:00:00Z", "sampledValue": [{"value": "5000", "context": "Transaction.End"}]},
    ],
}


async def call(socket: ClientConnection, message_id: str, action: str, payload: dict[str, Any]) -> list[Any]:
    await socket.send(json.dumps([2, message_id, action, payload]))
    answer: list[Any] = json.loads(await socket.recv())
    assert answer[1] == message_id
    return answer


async def test_a_stop_out_of_nowhere_is_kept_once_under_the_stations_own_id(stack: Stack) -> None:
    with stack.api() as api:
        password = api.post("/stations", json={"identity": "LOST"}).json()["password"]
        login = base64.b64encode(f"LOST:{password}".encode()).decode()
        async with connect(
            f"{stack.ocpp}/LOST",
            additional_headers={"Authorization": f"Basic {login}"},
            subprotocols=["ocpp1.6"],  # type: ignore[list-item]
            proxy=None,
        ) as socket:
            for message_id in ("a", "b"):
                assert (await call(socket, message_id, "StopTransaction", STOP))[0] == 3
        (session,) = api.get("/sessions", params={"station": "LOST"}).json()["items"]
    assert (session["transaction_id"], session["state"], session["energy_wh"]) == ("987654", "ended", 4000)
    assert "start-missing" in session["problems"]
