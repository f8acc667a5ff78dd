"""A station written with nothing of ours: raw frames over the `websockets` client."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import json
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

_NUMBERS = itertools.count(1)


def basic(identity: str, password: str) -> dict[str, str]:
    """The Authorization header."""
    return {"Authorization": "Basic " + base64.b64encode(f"{identity}:{password}".encode()).decode()}


async def knock(port: int, identity: str, password: str | None = "right", **options: Any) -> ClientConnection:  # noqa: S107
    """A finished handshake; raises InvalidStatus when refused."""
    headers = {} if password is None else basic(identity, password)
    return await connect(
        f"ws://127.0.0.1:{port}/ocpp/{quote(identity, safe='')}",
        additional_headers=headers | options.pop("headers", {}),
        subprotocols=options.pop("subprotocols", ["ocpp1.6"]),
        compression=None,
        proxy=None,
        **options,
    )


class Station:
    """Sends calls and hears answers; calls from the server wait in `asked`."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.answers: asyncio.Queue[list[Any]] = asyncio.Queue()
        self.asked: asyncio.Queue[list[Any]] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in self.socket:
                frame = json.loads(text)
                await (self.asked if frame[0] == 2 else self.answers).put(frame)

    async def send(self, raw: str | bytes) -> None:
        """Any frame at all."""
        await self.socket.send(raw)

    async def answer(self, within_s: float = 5) -> list[Any]:
        """The next CALLRESULT or CALLERROR."""
        return await asyncio.wait_for(self.answers.get(), within_s)

    async def call(self, action: str, payload: dict[str, Any], *, message_id: str | None = None) -> list[Any]:
        """A call and its answer, which must carry the call's id."""
        message_id = message_id or f"m{next(_NUMBERS)}"
        await self.send(json.dumps([2, message_id, action, payload]))
        answer = await self.answer()
        assert answer[1] == message_id
        return answer

    async def ok(self, action: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The payload of a CALLRESULT; anything else fails."""
        answer = await self.call(action, payload)
        assert answer[0] == 3, answer
        return answer[2]

    async def is_well(self) -> bool:
        """Whether the server still serves this station."""
        return "currentTime" in await self.ok("Heartbeat", {})

    async def reply(self, payload: dict[str, Any], within_s: float = 5) -> list[Any]:
        """Answer the server's next call; gives that call."""
        asked = await asyncio.wait_for(self.asked.get(), within_s)
        await self.send(json.dumps([3, asked[1], payload]))
        return asked

    async def close(self) -> None:
        """Leave."""
        await self.socket.close()
        self._reader.cancel()
