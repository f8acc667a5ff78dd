"""Ends a station's connection, whatever process holds it."""

from __future__ import annotations

from voltkeep.kit.bus import Bus
from voltkeep.stations.model import Station


async def cut(bus: Bus, station: Station, reason: str) -> None:
    """Tell the holder of the newest connection to close it. Call it after the commit, so that it can't come back in."""
    await bus.tell(f"station.{station.id}.{station.epoch}.cut", {"reason": reason})
