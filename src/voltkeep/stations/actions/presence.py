"""A station's connection comes, is heard, goes, or falls silent. Epochs tell connections of one station apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from voltkeep.kit.db import Tx, publish
from voltkeep.kit.errors import NotVisible
from voltkeep.kit.ids import new_id
from voltkeep.stations.events import StationConnected, StationDisconnected
from voltkeep.stations.model import Connected
from voltkeep.stations.store import presence as store

ONLINE = "online"
OFFLINE = "offline"


async def connect(tx: Tx, connected: Connected, now: datetime) -> int:
    """Take over the station's presence; the new epoch. Raises NotVisible when there is no such station."""
    row = await store.connect(tx, connected, now)
    if row is None:
        raise NotVisible
    await store.note_presence(
        tx, [(new_id(), row.organisation_id, connected.station_id)], status=ONLINE, info=None, now=now
    )
    station_id = connected.station_id
    event = StationConnected(
        id=station_id, organisation_id=row.organisation_id, station_id=station_id, at=now, epoch=row.epoch
    )
    await publish(tx, [event])
    return int(row.epoch)


async def disconnect(tx: Tx, station_id: UUID, epoch: int, reason: str, now: datetime) -> bool:
    """The connection of `epoch` ended; False, and nothing changes, when a newer one has taken over."""
    organisation_id = await store.disconnect(tx, station_id, epoch, reason, now)
    if organisation_id is None:
        return False
    await _note_gone(tx, [(station_id, organisation_id)], reason, now)
    return True


async def heard(tx: Tx, beats: Sequence[tuple[UUID, int, datetime]], now: datetime) -> None:
    """(station, epoch, last message or pong) each; older epochs are ignored, the silent that speak are online again."""
    if not beats:
        return
    back = await store.heard(tx, beats, now)
    if not back:
        return
    await store.note_presence(
        tx,
        [(new_id(), row.organisation_id, row.station_id) for row in back],
        status=ONLINE,
        info="heard again",
        now=now,
    )
    await publish(
        tx,
        [
            StationConnected(
                id=row.station_id,
                organisation_id=row.organisation_id,
                station_id=row.station_id,
                at=now,
                epoch=row.epoch,
            )
            for row in back
        ],
    )


async def sweep_offline(tx: Tx, now: datetime, offline_after_s: int) -> int:
    """Give up stations that nobody has heard for `offline_after_s`: their gateway died without a word. How many."""
    rows = await store.sweep_silent(tx, now, now - timedelta(seconds=offline_after_s))
    if rows:
        await _note_gone(tx, [(row.station_id, row.organisation_id) for row in rows], "silent", now)
    return len(rows)


async def current_epoch(tx: Tx, station_id: UUID) -> int:
    """The epoch of the newest connection; 0 when there never was one."""
    return await store.current_epoch(tx, station_id)


async def _note_gone(tx: Tx, gone: Sequence[tuple[UUID, UUID]], reason: str, now: datetime) -> None:
    changes = [(new_id(), organisation_id, station_id) for station_id, organisation_id in gone]
    await store.note_presence(tx, changes, status=OFFLINE, info=reason, now=now)
    await publish(
        tx,
        [
            StationDisconnected(id=station, organisation_id=organisation, station_id=station, at=now, reason=reason)
            for station, organisation in gone
        ],
    )
