"""The reference for sockets: a bare `websockets` server that sends back what it got and stores nothing."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol


async def echo(socket: ServerConnection) -> None:
    """Everything back."""
    with contextlib.suppress(ConnectionClosed):
        async for message in socket:
            await socket.send(message)


async def run(port: int) -> None:
    """Until it is killed."""
    async with serve(
        echo,
        "127.0.0.1",
        port,
        compression=None,
        subprotocols=[Subprotocol("ocpp1.6")],
        ping_interval=None,
        backlog=4096,
    ):
        print("ready", flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    uvloop.run(run(int(sys.argv[1])))
