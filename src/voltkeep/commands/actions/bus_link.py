"""The link to stations over the bus: whichever process holds the connection listens."""

from __future__ import annotations

from uuid import UUID

from voltkeep.kit.bus import Bus


class BusLink:
    """StationLink over NATS. Nothing waits for an answer: the command is in the database, and expires there."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def wake(self, station_id: UUID, epoch: int, command_id: UUID) -> None:
        """Tell the holder of this epoch that a command waits."""
        await self._bus.tell(f"station.{station_id}.{epoch}.command", {"id": str(command_id)})
