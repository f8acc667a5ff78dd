"""SQL of profiles, slots and of desired beside reported values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.profiles.model import MOST_SLOTS, ProfileDocument, ProfileVersion, Reported, Slot, SlotKey


def to_version(row: Row[Any]) -> ProfileVersion:
    """A row of VERSIONS."""
    document = msgspec.convert(row.document, ProfileDocument)
    return ProfileVersion(row.id, row.profile_id, row.layout_no, row.key, row.version, document)


VERSIONS = """select v.id, v.profile_id, p.layout_no, p.key, v.version, v.document
  from profile_version v join profile p on p.id = v.profile_id"""


async def versions(tx: Tx) -> list[ProfileVersion]:
    """Every published version, by key and number."""
    rows = await tx.rows(f"{VERSIONS} where v.state = 'published' order by p.key, v.version")
    return [to_version(row) for row in rows]


async def versions_of_builtin(tx: Tx, profile_id: UUID) -> list[ProfileVersion]:
    """The published versions of a profile of the platform, oldest first; none for an organisation's own profile."""
    rows = await tx.rows(
        f"""{VERSIONS} where v.state = 'published' and p.organisation_id is null and p.id = :profile_id
            order by v.version""",
        profile_id=profile_id,
    )
    return [to_version(row) for row in rows]


async def version_of_id(tx: Tx, version_id: UUID) -> ProfileVersion | None:
    """One version in whatever state."""
    row = await tx.row(f"{VERSIONS} where v.id = :id", id=version_id)
    return None if row is None else to_version(row)


async def newest_builtin(tx: Tx, key: str) -> ProfileVersion | None:
    """The newest published version of a profile that belongs to the platform."""
    row = await tx.row(
        f"""{VERSIONS} where p.key = :key and p.organisation_id is null and v.state = 'published'
            order by v.version desc limit 1""",
        key=key,
    )
    return None if row is None else to_version(row)


async def lock_builtins(tx: Tx) -> None:
    """One process at a time makes built-in profiles; held until the transaction ends."""
    await tx.run("select pg_advisory_xact_lock(7365118003)")


async def add_builtin(tx: Tx, *, profile_id: UUID, key: str, name: str, now: datetime) -> None:
    """A profile of the platform."""
    await tx.run(
        "insert into profile (id, key, name, created_at) values (:id, :key, :name, :now)",
        id=profile_id,
        key=key,
        name=name,
        now=now,
    )


async def add_version(
    tx: Tx, *, version_id: UUID, profile_id: UUID, number: int, document: ProfileDocument, now: datetime
) -> None:
    """A published version."""
    await tx.run(
        """insert into profile_version (id, profile_id, version, state, document, created_at, published_at)
           values (:id, :profile_id, :version, 'published', cast(:document as jsonb), :now, :now)""",
        id=version_id,
        profile_id=profile_id,
        version=number,
        document=msgspec.json.encode(document).decode(),
        now=now,
    )


async def slots(tx: Tx, layout_no: int) -> list[Slot]:
    """All slots of a layout, in order."""
    rows = await tx.rows(
        "select slot, parameter, module, phase, unit from slot where layout_no = :layout_no order by slot",
        layout_no=layout_no,
    )
    return [Slot(row.slot, row.parameter, row.module, row.phase, row.unit) for row in rows]


async def add_slots(tx: Tx, layout_no: int, wanted: Sequence[SlotKey], now: datetime) -> None:
    """Append slots, one process at a time; those above the most a layout may have are left out."""
    await tx.run("select pg_advisory_xact_lock(7365118, :layout_no)", layout_no=layout_no)
    await tx.run(
        """insert into slot (layout_no, slot, parameter, module, phase, unit, created_at)
           select :layout_no, t.top + row_number() over (order by w.n), w.parameter, w.module, w.phase, w.unit, :now
           from unnest(cast(:parameters as text[]), cast(:modules as text[]), cast(:phases as text[]),
             cast(:units as text[])) with ordinality w(parameter, module, phase, unit, n),
             (select coalesce(max(slot), 0) top from slot where layout_no = :layout_no) t
           where not exists (select 1 from slot s where s.layout_no = :layout_no and s.parameter = w.parameter
             and s.module = w.module and s.phase = w.phase) and t.top + w.n <= :most""",
        layout_no=layout_no,
        parameters=[one.parameter for one in wanted],
        modules=[one.module for one in wanted],
        phases=[one.phase for one in wanted],
        units=[one.unit for one in wanted],
        most=MOST_SLOTS,
        now=now,
    )


async def save_reported(tx: Tx, reports: Sequence[Reported], now: datetime) -> None:
    """Reported values; beside a desired one the state says whether they agree."""
    await tx.run(
        """insert into parameter_value as p (station_id, module, evse, parameter, reported, reported_at, read_only, key,
             state)
           select station_id, module, evse, parameter, value, :now, read_only, key, 'reported'
           from unnest(cast(:stations as uuid[]), cast(:modules as text[]), cast(:evses as smallint[]),
             cast(:parameters as text[]), cast(:values as text[]), cast(:read_onlys as boolean[]),
             cast(:keys as text[])) r(station_id, module, evse, parameter, value, read_only, key)
           order by station_id, module, evse, parameter
           on conflict (station_id, module, evse, parameter) do update set reported = excluded.reported,
             reported_at = excluded.reported_at, read_only = coalesce(excluded.read_only, p.read_only),
             key = coalesce(excluded.key, p.key),
             state = case when p.desired is null then 'reported'
                          when lower(p.desired) = lower(excluded.reported) then 'in-step'
                          when p.state = 'in-step' then 'drifted'
                          else p.state end""",
        stations=[one.station_id for one in reports],
        modules=[one.module for one in reports],
        evses=[one.evse for one in reports],
        parameters=[one.parameter for one in reports],
        values=[one.value for one in reports],
        read_onlys=[one.read_only for one in reports],
        keys=[one.key for one in reports],
        now=now,
    )


async def save_desired(tx: Tx, station_id: UUID, values: Mapping[str, str], by: str, now: datetime) -> None:
    """Wanted values of a station, pending from now on unless the station already reports them."""
    await tx.run(
        """insert into parameter_value as p (station_id, parameter, desired, desired_at, desired_by, state)
           select :station_id, parameter, value, :now, :by, 'pending'
           from unnest(cast(:parameters as text[]), cast(:values as text[])) w(parameter, value) order by parameter
           on conflict (station_id, module, evse, parameter) do update set desired = excluded.desired,
             desired_at = excluded.desired_at, desired_by = excluded.desired_by, error = null,
             state = case when lower(p.reported) = lower(excluded.desired) then 'in-step' else 'pending' end""",
        station_id=station_id,
        parameters=list(values),
        values=list(values.values()),
        by=by,
        now=now,
    )


async def save_settled(tx: Tx, station_id: UUID, parameter: str, state: str, error: str | None) -> bool:
    """The station's answer to a wanted value; a taken one counts as reported at once."""
    touched = await tx.run(
        """update parameter_value set state = :state, error = :error,
             reported = case when :state = 'in-step' then desired else reported end
           where station_id = :station_id and module = '' and evse = 0 and parameter = :parameter
             and desired is not null""",
        station_id=station_id,
        parameter=parameter,
        state=state,
        error=error,
    )
    return touched > 0


async def values_of(tx: Tx, station_id: UUID, *, pending_only: bool = False) -> Sequence[Row[Any]]:
    """Stored values of a station, by parameter."""
    return await tx.rows(
        """select module, evse, parameter, desired, desired_at, desired_by, reported, reported_at, read_only, state,
             error, key from parameter_value where station_id = :station_id and (not :pending_only or state = 'pending')
           order by parameter, module, evse""",
        station_id=station_id,
        pending_only=pending_only,
    )


async def stations_unread(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations that have reported no value at all."""
    rows = await tx.rows(
        """select s.id from unnest(cast(:ids as uuid[])) s(id)
           where not exists (select 1 from parameter_value v
             where v.station_id = s.id and v.reported_at is not null)""",
        ids=list(station_ids),
    )
    return {row.id for row in rows}


async def stations_pending(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations that haven't taken some wanted value yet."""
    rows = await tx.rows(
        "select distinct station_id from parameter_value where station_id = any(:ids) and state = 'pending'",
        ids=list(station_ids),
    )
    return {row.station_id for row in rows}
