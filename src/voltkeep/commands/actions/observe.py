"""An accepted command isn't done; what the station then does is the proof."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.commands import store
from voltkeep.commands.actions.tell import tell
from voltkeep.commands.model import OBSERVED_WITHIN, Sighting
from voltkeep.kit.db import Tx


async def observe_commands(tx: Tx, ids: Sequence[UUID], now: datetime) -> list[UUID]:
    """Mark these as having had their effect; the ids that moved (settled otherwise, they stay as they are)."""
    moved = await store.observe_ids(tx, ids, now)
    await tell(tx, moved, now)
    return [one.id for one in moved]


async def stations_asked(tx: Tx, station_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of the stations that were asked something within a day whose effect may still be seen: a cheap look
    before making sightings of hundreds of messages."""
    return await store.stations_asked(tx, station_ids, now - OBSERVED_WITHIN)


async def observe_all(tx: Tx, sightings: Sequence[Sighting], now: datetime) -> list[UUID | None]:
    """For each effect seen, the newest command of the last day that asked for it, now observed; None where none did.

    One statement when nothing matches, two otherwise, whatever the number of sightings.
    """
    if not sightings:
        return []
    found = await store.sighted(tx, sightings, now - OBSERVED_WITHIN)
    if asked := {one for one in found if one is not None}:
        await observe_commands(tx, list(asked), now)
    return found


async def observe(
    tx: Tx, station_id: UUID, action: str, *, match: dict[str, Any], now: datetime, evse: int | None = None
) -> UUID | None:
    """One sighting: `match` must be part of the command's arguments (text without case). The command's id, if any."""
    return (await observe_all(tx, [Sighting(station_id, action, evse, match)], now))[0]
