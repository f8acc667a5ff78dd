"""An accepted command isn't done; what the station then does is the proof."""

from __future__ import annotations

from collections.abc import Sequence
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


async def observe_all(tx: Tx, sightings: Sequence[Sighting], now: datetime) -> list[UUID | None]:
    """For each effect seen, the newest command of the last day that asked for it, now observed; None where none did.

    One cheap statement when the stations were asked nothing, at most three whatever the number of sightings.
    """
    if not sightings:
        return []
    since = now - OBSERVED_WITHIN
    asked_stations = await store.stations_asked(tx, {one.station_id for one in sightings}, since)
    if not asked_stations:
        return [None] * len(sightings)
    likely = [one for one in sightings if one.station_id in asked_stations]
    matches = iter(await store.sighted(tx, likely, since))
    found = [next(matches) if one.station_id in asked_stations else None for one in sightings]
    if asked := {one for one in found if one is not None}:
        await observe_commands(tx, list(asked), now)
    return found


async def observe(
    tx: Tx, station_id: UUID, action: str, *, match: dict[str, Any], now: datetime, evse: int | None = None
) -> UUID | None:
    """One sighting: `match` must be part of the command's arguments (text without case). The command's id, if any."""
    return (await observe_all(tx, [Sighting(station_id, action, evse, match)], now))[0]
