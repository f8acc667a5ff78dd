"""SQL of presence: one small, hot row a station."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id
from voltkeep.stations.model import Connected, Disconnected, PresenceChange


async def connect(tx: Tx, connected: Sequence[Connected], now: datetime) -> Sequence[Row[Any]]:
    """Mark stations online, each connection under an epoch of its own; (n, epoch, organisation_id) for those that are.

    Of several connections of one station in the list the last one holds it.
    """
    return await tx.rows(
        """with coming as (
             select v.*, s.organisation_id, row_number() over w nth, count(*) over (partition by v.station_id) times
             from unnest(cast(:stations as uuid[]), cast(:addresses as text[]), cast(:gateways as text[]),
               cast(:subprotocols as text[])) with ordinality v(station_id, address, gateway, subprotocol, n)
             join station s on s.id = v.station_id window w as (partition by v.station_id order by v.n)),
           held as (
             insert into station_presence as p (station_id, online, epoch, connected_at, last_message_at, changed_at,
               address, gateway, subprotocol)
             select station_id, true, times, :now, :now, :now, address, gateway, subprotocol
             from coming where nth = times order by station_id
             on conflict (station_id) do update set online = true, epoch = p.epoch + excluded.epoch,
               connected_at = :now, last_message_at = :now, changed_at = :now, address = excluded.address,
               gateway = excluded.gateway,
               subprotocol = excluded.subprotocol, offline_reason = null
             returning station_id, epoch)
           select c.n, h.epoch - c.times + c.nth epoch, c.organisation_id
           from coming c join held h on h.station_id = c.station_id order by c.n""",
        stations=[one.station_id for one in connected],
        addresses=[one.address for one in connected],
        gateways=[one.gateway for one in connected],
        subprotocols=[one.subprotocol for one in connected],
        now=now,
    )


async def disconnect(tx: Tx, gone: Sequence[Disconnected], now: datetime) -> dict[tuple[UUID, int], UUID]:
    """Mark offline those that no newer connection took over; their organisations by (station, epoch)."""
    rows = await tx.rows(
        """with gone as (
             select distinct on (station_id, epoch) * from unnest(cast(:stations as uuid[]), cast(:epochs as bigint[]),
               cast(:reasons as text[])) v(station_id, epoch, reason)),
           held as (
             select p.station_id, v.reason from station_presence p
             join gone v on v.station_id = p.station_id and v.epoch = p.epoch
             where p.online or p.offline_reason = 'silent' order by p.station_id for update of p),
           ended as (
             update station_presence p set online = false, changed_at = :now, offline_reason = h.reason
             from held h where p.station_id = h.station_id returning p.station_id, p.epoch)
           select e.station_id, e.epoch, s.organisation_id from ended e join station s on s.id = e.station_id""",
        stations=[one.station_id for one in gone],
        epochs=[one.epoch for one in gone],
        reasons=[one.reason for one in gone],
        now=now,
    )
    return {(row.station_id, row.epoch): row.organisation_id for row in rows}


async def heard(tx: Tx, beats: Sequence[tuple[UUID, int, datetime]], now: datetime) -> Sequence[Row[Any]]:
    """Move `last_message_at` forward for current epochs; rows of stations that had been given up and are back."""
    return await tx.rows(
        """with beat as (
             select b.station_id, b.epoch, max(b.at) as at
             from unnest(cast(:ids as uuid[]), cast(:epochs as bigint[]), cast(:times as timestamptz[]))
               b(station_id, epoch, at)
             group by 1, 2),
           held as (
             select p.station_id, p.online, b.at from station_presence p
             join beat b on b.station_id = p.station_id and b.epoch = p.epoch
             where p.online or p.offline_reason = 'silent'
             order by p.station_id for update of p),
           moved as (
             update station_presence p set last_message_at = greatest(p.last_message_at, h.at), online = true,
               changed_at = case when p.online then p.changed_at else :now end, offline_reason = null
             from held h where p.station_id = h.station_id
             returning p.station_id, p.epoch, h.online as was_online)
           select m.station_id, m.epoch, s.organisation_id from moved m join station s on s.id = m.station_id
           where not m.was_online""",
        ids=[beat[0] for beat in beats],
        epochs=[beat[1] for beat in beats],
        times=[beat[2] for beat in beats],
        now=now,
    )


async def sweep_silent(tx: Tx, now: datetime, heard_before: datetime) -> Sequence[Row[Any]]:
    """Give up online stations not heard since `heard_before`; their ids and organisations."""
    return await tx.rows(
        """with silent as (
             select station_id from station_presence
             where online and coalesce(last_message_at, connected_at, changed_at) < :heard_before
             order by station_id for update skip locked),
           gone as (
             update station_presence p set online = false, changed_at = :now, offline_reason = 'silent'
             from silent where p.station_id = silent.station_id returning p.station_id)
           select g.station_id, s.organisation_id from gone g join station s on s.id = g.station_id""",
        now=now,
        heard_before=heard_before,
    )


async def note_presence(tx: Tx, changes: Sequence[PresenceChange], now: datetime) -> None:
    """History of presence."""
    await tx.run(
        """insert into status_change (id, organisation_id, station_id, at, received_at, status, info)
           select id, organisation_id, station_id, :now, :now, status, info
           from unnest(cast(:ids as uuid[]), cast(:organisations as uuid[]), cast(:stations as uuid[]),
             cast(:statuses as text[]), cast(:infos as text[])) n(id, organisation_id, station_id, status, info)
           on conflict do nothing""",
        ids=[new_id() for _ in changes],
        organisations=[change.organisation_id for change in changes],
        stations=[change.station_id for change in changes],
        statuses=[change.status for change in changes],
        infos=[change.info for change in changes],
        now=now,
    )


async def current_epoch(tx: Tx, station_id: UUID) -> int:
    """The epoch of the newest connection; 0 when there never was one."""
    return int(await tx.value("select epoch from station_presence where station_id = :id", id=station_id) or 0)


async def current_epochs(tx: Tx, station_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The epoch of each station's newest connection, where there was one."""
    rows = await tx.rows("select station_id, epoch from station_presence where station_id = any(:ids)", ids=station_ids)
    return {row.station_id: int(row.epoch) for row in rows}
