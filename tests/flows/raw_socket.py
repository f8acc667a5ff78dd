"""A WebSocket client with next to no cost, so that a load generator leaves the machine to what it measures.

Frames are masked with zeros (RFC 6455 asks for a key, any key), so that precomputed bytes can be sent as they are.
"""

from __future__ import annotations

import asyncio
import base64
import struct
from collections.abc import Callable
from typing import cast

ZERO_KEY = b"\0\0\0\0"
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class Refused(ConnectionError):
    """The server did not upgrade the connection; the text is its status line."""


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One final, masked client frame."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
    elif size < 65_536:
        head = struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0xFF, size)
    return head + ZERO_KEY + payload


def handshake(path: str, port: int, identity: str, password: str) -> bytes:
    """The request that asks for an OCPP 1.6 connection with Basic authentication."""
    word = base64.b64encode(f"{identity}:{password}".encode()).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: ocpp1.6\r\nAuthorization: Basic {word}\r\n\r\n"
    ).encode()


class RawSocket(asyncio.Protocol):
    """Calls `on_message(socket, text)` for each text message, and `on_close(socket)` at the end."""

    def __init__(
        self,
        request: bytes,
        on_message: Callable[[RawSocket, bytes], None],
        on_close: Callable[[RawSocket], None] | None = None,
    ) -> None:
        self._request = request
        self._on_message = on_message
        self._on_close = on_close
        self._received = b""
        self._is_open = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Sends the request at once."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Parses what came; a message may come in parts, or many at once."""
        self._received = self._received + data if self._received else data
        if not self._is_open and not self._upgrade():
            return
        self._read_frames()

    def connection_lost(self, _exception: Exception | None) -> None:
        """Tells the owner."""
        if not self.opened.done():
            self.opened.set_exception(Refused("closed during the handshake"))
            self.opened.exception()
        if self._on_close is not None:
            self._on_close(self)

    def send(self, payload: bytes) -> None:
        """One text message."""
        if self.transport is not None:
            self.transport.write(frame(payload))

    def abort(self) -> None:
        """Ends without a goodbye."""
        if self.transport is not None:
            self.transport.abort()

    def _upgrade(self) -> bool:
        head, found, rest = self._received.partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            if not self.opened.done():
                self.opened.set_exception(Refused(head.split(b"\r\n", 1)[0].decode(errors="replace")))
            self.abort()
            return False
        self._is_open, self._received = True, rest
        if not self.opened.done():
            self.opened.set_result(None)
        return True

    def _read_frames(self) -> None:
        data, start, end = self._received, 0, len(self._received)
        while end - start >= 2:
            size, body = data[start + 1] & 0x7F, start + 2
            if size == 126:
                size, body = int.from_bytes(data[start + 2 : start + 4], "big"), start + 4
            elif size == 127:
                size, body = int.from_bytes(data[start + 2 : start + 10], "big"), start + 10
            if end < body + size:
                break
            self._on_frame(data[start] & 0x0F, data[body : body + size])
            start = body + size
        self._received = data[start:]

    def _on_frame(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self._on_message(self, payload)
        elif opcode == PING and self.transport is not None:
            self.transport.write(frame(payload, PONG))
        elif opcode == CLOSE:
            self.abort()


async def open_socket(
    port: int,
    request: bytes,
    on_message: Callable[[RawSocket, bytes], None],
    on_close: Callable[[RawSocket], None] | None = None,
) -> RawSocket:
    """A connection that has been upgraded; raises Refused or OSError, within 30 s."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(30):
        _, socket = await loop.create_connection(lambda: RawSocket(request, on_message, on_close), "127.0.0.1", port)
        await socket.opened
    return socket
