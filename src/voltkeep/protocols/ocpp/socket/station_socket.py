"""A server connection of `websockets` that remembers when it last heard anything."""

from __future__ import annotations

from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request

from voltkeep.stations.model import Admitted, Onboarding

_NO_REQUEST = Request("", Headers())


class StationSocket(ServerConnection):
    """`heard_s` is the loop's time of the last bytes, pongs included; `admittance` is what the handshake decided."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.heard_s = self.loop.time()
        self.admittance: Admitted | Onboarding | None = None
        self.address = ""

    def forget_handshake(self) -> None:
        """Let go of the request's and the response's headers, about 2 KiB; nothing reads them again."""
        self.request = _NO_REQUEST
        self.response = None

    def data_received(self, data: bytes) -> None:
        """Note the time, then as ever."""
        self.heard_s = self.loop.time()
        super().data_received(data)
