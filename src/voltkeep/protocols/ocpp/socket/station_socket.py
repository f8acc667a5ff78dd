"""A server connection of `websockets` that remembers when it last heard anything."""

from __future__ import annotations

from typing import Any

from websockets.asyncio.server import ServerConnection

from voltkeep.stations.model import Admitted, Onboarding


class StationSocket(ServerConnection):
    """`heard_s` is the loop's time of the last bytes, pongs included; `admittance` is what the handshake decided."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.heard_s = self.loop.time()
        self.admittance: Admitted | Onboarding | None = None
        self.address = ""

    def data_received(self, data: bytes) -> None:
        """Note the time, then as ever."""
        self.heard_s = self.loop.time()
        super().data_received(data)
