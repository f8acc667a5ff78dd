"""A station's connection comes, is heard, goes, or falls silent. Epochs tell connections of one station apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from voltkeep.kit.db import Tx, publish
from voltkeep.kit.errors import NotVisible
from voltkeep.stations.events import StationConnected, StationDisconnected
from voltkeep.stations.model import Connected, Disconnected, PresenceChange
from voltkeep.stations.store import presence as store

Back = tuple[UUID, UUID, int]


async def connect(tx: Tx, connected: Connected, now: datetime) -> int:
    """One connection; its epoch. Raises NotVisible when there is no such station."""
    epoch = (await connect_all(tx, [connected], now))[0]
    if epoch is None:
        raise NotVisible
    return epoch


async def connect_all(tx: Tx, connected: Sequence[Connected], now: datetime) -> list[int | None]:
    """Take over each station's presence; the new epochs in order, None where there is no such station."""
    rows = {row.n - 1: row for row in await store.connect(tx, connected, now)}
    online = [(connected[n].station_id, row.organisation_id, int(row.epoch)) for n, row in rows.items()]
    await _note_online(tx, online, None, now)
    return [int(rows[n].epoch) if n in rows else None for n in range(len(connected))]


async def disconnect(tx: Tx, station_id: UUID, epoch: int, reason: str, now: datetime) -> bool:
    """The connection of `epoch` ended; False, and nothing changes, when a newer one has taken over."""
    return (await disconnect_all(tx, [Disconnected(station_id, epoch, reason)], now))[0]


async def disconnect_all(tx: Tx, gone: Sequence[Disconnected], now: datetime) -> list[bool]:
    """Connections that ended, in order: whether each was still the newest of its station."""
    ended = await store.disconnect(tx, gone, now)
    reasons = {(one.station_id, one.epoch): one.reason for one in gone}
    offline = [PresenceChange(key[0], owner, "offline", reasons[key]) for key, owner in ended.items()]
    await _note_offline(tx, offline, now)
    return [(one.station_id, one.epoch) in ended for one in gone]


async def heard(tx: Tx, beats: Sequence[tuple[UUID, int, datetime]], now: datetime) -> None:
    """(station, epoch, last message or pong) each; older epochs are ignored, the silent that speak are online again."""
    rows = await store.heard(tx, beats, now) if beats else []
    await _note_online(tx, [(row.station_id, row.organisation_id, row.epoch) for row in rows], "heard again", now)


async def sweep_offline(tx: Tx, now: datetime, offline_after_s: int) -> int:
    """Give up stations that nobody has heard for `offline_after_s`: their gateway died without a word. How many."""
    rows = await store.sweep_silent(tx, now, now - timedelta(seconds=offline_after_s))
    changes = [PresenceChange(row.station_id, row.organisation_id, "offline", "silent") for row in rows]
    await _note_offline(tx, changes, now)
    return len(rows)


async def current_epoch(tx: Tx, station_id: UUID) -> int:
    """The epoch of the newest connection; 0 when there never was one."""
    return await store.current_epoch(tx, station_id)


async def are_current(tx: Tx, held: Sequence[tuple[UUID, int]]) -> list[bool]:
    """For each (station, epoch), in order, whether it is the station's newest connection."""
    epochs = await store.current_epochs(tx, [station_id for station_id, _ in held])
    return [epochs.get(station_id) == epoch for station_id, epoch in held]


async def _note_online(tx: Tx, online: Sequence[Back], info: str | None, now: datetime) -> None:
    if not online:
        return
    changes = [PresenceChange(station_id, owner, "online", info) for station_id, owner, _ in online]
    await store.note_presence(tx, changes, now)
    await publish(
        tx,
        [
            StationConnected(id=station_id, organisation_id=owner, station_id=station_id, at=now, epoch=epoch)
            for station_id, owner, epoch in online
        ],
    )


async def _note_offline(tx: Tx, changes: Sequence[PresenceChange], now: datetime) -> None:
    if not changes:
        return
    await store.note_presence(tx, changes, now)
    events = [
        StationDisconnected(
            id=one.station_id,
            organisation_id=one.organisation_id,
            station_id=one.station_id,
            at=now,
            reason=one.info or "",
        )
        for one in changes
    ]
    await publish(tx, events)
