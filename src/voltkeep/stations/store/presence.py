"""SQL of presence: one small, hot row a station."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.stations.model import Connected


async def connect(tx: Tx, connected: Connected, now: datetime) -> Row[Any] | None:
    """Mark the station online under the next epoch and remember it; None when there is no such station."""
    return await tx.row(
        """with next as (
             insert into station_presence as p (station_id, online, epoch, connected_at, last_message_at, changed_at,
               address, gateway, subprotocol)
             select id, true, 1, :now, :now, :now, :address, :gateway, :subprotocol from station where id = :station_id
             on conflict (station_id) do update set online = true, epoch = p.epoch + 1, connected_at = :now,
               last_message_at = :now, changed_at = :now, address = excluded.address, gateway = excluded.gateway,
               subprotocol = excluded.subprotocol, offline_reason = null
             returning station_id, epoch)
           select n.epoch, s.organisation_id from next n join station s on s.id = n.station_id""",
        station_id=connected.station_id,
        now=now,
        address=connected.address,
        gateway=connected.gateway,
        subprotocol=connected.subprotocol,
    )


async def disconnect(tx: Tx, station_id: UUID, epoch: int, reason: str, now: datetime) -> UUID | None:
    """Mark offline unless a newer connection took over; the organisation if that changed anything."""
    organisation_id: UUID | None = await tx.value(
        """with gone as (
             update station_presence set online = false, changed_at = :now, offline_reason = :reason
             where station_id = :station_id and epoch = :epoch and (online or offline_reason = 'silent')
             returning station_id)
           select s.organisation_id from gone g join station s on s.id = g.station_id""",
        station_id=station_id,
        epoch=epoch,
        reason=reason,
        now=now,
    )
    return organisation_id


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


async def note_presence(
    tx: Tx, changes: Sequence[tuple[UUID, UUID, UUID]], *, status: str, info: str | None, now: datetime
) -> None:
    """History of presence: (new id, organisation, station) each."""
    await tx.run(
        """insert into status_change (id, organisation_id, station_id, at, received_at, status, info)
           select id, organisation_id, station_id, :now, :now, :status, :info
           from unnest(cast(:ids as uuid[]), cast(:organisations as uuid[]), cast(:stations as uuid[]))
             n(id, organisation_id, station_id)
           on conflict do nothing""",
        ids=[change[0] for change in changes],
        organisations=[change[1] for change in changes],
        stations=[change[2] for change in changes],
        status=status,
        info=info,
        now=now,
    )


async def current_epoch(tx: Tx, station_id: UUID) -> int:
    """The epoch of the newest connection; 0 when there never was one."""
    return int(await tx.value("select epoch from station_presence where station_id = :id", id=station_id) or 0)
