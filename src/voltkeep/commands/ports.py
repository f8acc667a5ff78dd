"""How a station is reached, whatever process holds its connection."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class StationLink(Protocol):
    """Wakes whoever holds a station's connection; a lost call delays a command until the next look, never loses it."""

    async def wake(self, station_id: UUID, epoch: int, command_id: UUID) -> None:
        """Say that a command waits for the station connected under `epoch`."""
