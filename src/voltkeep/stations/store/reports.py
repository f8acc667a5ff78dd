"""SQL of what stations report: boots and statuses, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id
from voltkeep.stations.model import Boot, StationBoot, StatusReport, status_time


async def save_boots(tx: Tx, boots: Sequence[StationBoot]) -> Sequence[Row[Any]]:
    """Newest boot of each station; (station_id, organisation_id, booted_before)."""
    return await tx.rows(
        """with boot as (
             select distinct on (id) * from unnest(cast(:ids as uuid[]), cast(:vendors as text[]),
               cast(:models as text[]), cast(:serials as text[]), cast(:firmwares as text[]), cast(:details as jsonb[]),
               cast(:times as timestamptz[])) with ordinality
               b(id, vendor, model, serial_number, firmware_version, details, at, n)
             order by id, n desc),
           held as (select s.id, s.booted_at from station s join boot b on b.id = s.id order by s.id
             for no key update of s)
           update station s set vendor = coalesce(b.vendor, s.vendor), model = coalesce(b.model, s.model),
             serial_number = coalesce(b.serial_number, s.serial_number),
             firmware_version = coalesce(b.firmware_version, s.firmware_version), boot = b.details, booted_at = b.at
           from boot b join held h on h.id = b.id where s.id = b.id
           returning s.id station_id, s.organisation_id, h.booted_at is not null booted_before""",
        ids=[one.station_id for one in boots],
        vendors=[one.boot.vendor for one in boots],
        models=[one.boot.model for one in boots],
        serials=[one.boot.serial_number for one in boots],
        firmwares=[one.boot.firmware_version for one in boots],
        details=[orjson.dumps(one.boot.details).decode() for one in boots],
        times=[one.at for one in boots],
    )


async def booted(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations that have booted at least once."""
    rows = await tx.rows("select id from station where id = any(:ids) and booted_at is not null", ids=list(station_ids))
    return {row.id for row in rows}


async def save_candidate_boot(tx: Tx, identity: str, boot: Boot, now: datetime) -> bool:
    """What a candidate said at boot; False when it isn't on the list any more, was sent away, or no window is open."""
    return bool(
        await tx.value(
            """update station_candidate set boot = cast(:details as jsonb), last_seen_at = :now
               where identity = :identity
               returning dismissed_at is null and exists (select 1 from onboarding_window where closes_at > :now)""",
            identity=identity,
            details=orjson.dumps(
                {
                    "vendor": boot.vendor,
                    "model": boot.model,
                    "serial_number": boot.serial_number,
                    "firmware_version": boot.firmware_version,
                }
            ).decode(),
            now=now,
        )
    )


async def save_statuses(tx: Tx, reports: Sequence[StatusReport]) -> Sequence[Row[Any]]:
    """History and the newest of each connector in one statement; (n, is_new, is_current, changed) for each report.

    A repeat of what history holds is dropped; an older report than the newest stays in history alone.
    """
    return await tx.rows(
        """with report as (
             select * from unnest(cast(:ids as uuid[]), cast(:organisations as uuid[]), cast(:stations as uuid[]),
               cast(:evses as smallint[]), cast(:connectors as smallint[]), cast(:statuses as text[]),
               cast(:errors as text[]), cast(:vendor_errors as text[]), cast(:infos as text[]),
               cast(:times as timestamptz[]), cast(:received as timestamptz[])) with ordinality
               r(id, organisation_id, station_id, evse, connector, status, error_code, vendor_error_code, info, at,
                 received_at, n)),
           history as (
             insert into status_change (id, organisation_id, station_id, evse, connector, at, received_at, status,
               error_code, vendor_error_code, info)
             select id, organisation_id, station_id, evse, connector, at, received_at, status, error_code,
               vendor_error_code, info from report order by station_id, evse, connector, at, n
             on conflict do nothing returning id),
           newest as (
             select distinct on (station_id, evse, connector) * from report
             order by station_id, evse, connector, at desc, n desc),
           current as (
             insert into connector as c (station_id, evse, connector, status, error_code, vendor_error_code, info,
               status_at, received_at)
             select station_id, evse, connector, status, error_code, vendor_error_code, info, at, received_at
             from newest
             on conflict (station_id, evse, connector) do update set status = excluded.status,
               error_code = excluded.error_code, vendor_error_code = excluded.vendor_error_code, info = excluded.info,
               status_at = excluded.status_at, received_at = excluded.received_at
             where excluded.status_at >= c.status_at
             returning c.station_id, c.evse, c.connector)
           select r.n, h.id is not null is_new, u.station_id is not null is_current,
             u.station_id is not null and (o.status, o.error_code) is distinct from (r.status, r.error_code) changed
           from report r left join history h on h.id = r.id left join newest w on w.id = r.id
           left join current u on w.id is not null and u.station_id = r.station_id and u.evse = r.evse
             and u.connector = r.connector
           left join connector o on o.station_id = r.station_id and o.evse = r.evse and o.connector = r.connector
           order by r.n""",
        ids=[new_id() for _ in reports],
        organisations=[one.organisation_id for one in reports],
        stations=[one.station_id for one in reports],
        evses=[one.evse for one in reports],
        connectors=[one.connector for one in reports],
        statuses=[one.status for one in reports],
        errors=[one.error_code for one in reports],
        vendor_errors=[one.vendor_error_code for one in reports],
        infos=[one.info for one in reports],
        times=[status_time(one.at, one.received_at) for one in reports],
        received=[one.received_at for one in reports],
    )


async def organisation_of(tx: Tx, station_id: UUID) -> UUID | None:
    """Whose the station is."""
    found: UUID | None = await tx.value("select organisation_id from station where id = :id", id=station_id)
    return found
