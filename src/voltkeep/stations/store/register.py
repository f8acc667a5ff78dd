"""SQL of the list of stations: adding, changing, taking away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.kit.ids import is_uuid
from voltkeep.stations.model import NewStation, Station
from voltkeep.stations.store.station_row import STATION_COLUMNS, STATION_SOURCE, to_station

# The columns that an edit may name; nothing else ever gets into the statement.
EDITABLE = frozenset({"identity", "name", "site_id", "access"})


async def station_of_key(tx: Tx, key: str) -> Station | None:
    """By id (retired too) or by the identity of one in service; an id wins over an identity that looks like one."""
    if is_uuid(key):
        by_id = f"select {STATION_COLUMNS} from {STATION_SOURCE} where s.id = cast(:key as uuid)"
        if row := await tx.row(by_id, key=key):
            return to_station(row)
    row = await tx.row(
        f"select {STATION_COLUMNS} from {STATION_SOURCE} where s.identity = :key and s.retired_at is null", key=key
    )
    return None if row is None else to_station(row)


async def add(
    tx: Tx,
    new: NewStation,
    *,
    station_id: UUID,
    organisation_id: UUID,
    profile_version_id: UUID,
    secret_hash: bytes,
    approved_by: UUID | None,
    now: datetime,
) -> bool:
    """An approved station, offline; False when the identity is taken."""
    added = await tx.run(
        """with added as (
             insert into station (id, organisation_id, site_id, identity, protocol, profile_version_id, admission,
               access, name, secret_hash, created_at, approved_at, approved_by)
             values (:id, :organisation_id, :site_id, :identity, :protocol, :profile_version_id, 'approved', :access,
               :name, :secret_hash, :now, :now, :approved_by)
             on conflict (identity) where retired_at is null do nothing returning id)
           insert into station_presence (station_id, online, changed_at) select id, false, :now from added""",
        id=station_id,
        organisation_id=organisation_id,
        site_id=new.site_id,
        identity=new.identity,
        protocol=new.protocol,
        profile_version_id=profile_version_id,
        access=new.access,
        name=new.name,
        secret_hash=secret_hash,
        approved_by=approved_by,
        now=now,
    )
    return added == 1


async def change(tx: Tx, station_id: UUID, revision: int, values: dict[str, Any]) -> bool:
    """Set editable columns if the revision is still the one named; False when it isn't. Raises IntegrityError for a
    taken identity."""
    names = sorted(EDITABLE & values.keys())
    sets = "".join(f"{name} = :{name}, " for name in names)
    touched = await tx.run(
        f"""update station set {sets}revision = revision + 1
            where id = :id and revision = :revision and retired_at is null""",
        id=station_id,
        revision=revision,
        **{name: values[name] for name in names},
    )
    return touched == 1


async def identity_is_free(tx: Tx, identity: str, station_id: UUID) -> bool:
    """Whether no other station in service has it."""
    taken = await tx.value(
        "select 1 from station where identity = :identity and retired_at is null and id <> :id",
        identity=identity,
        id=station_id,
    )
    return taken is None


async def set_admission(tx: Tx, station_id: UUID, *, before: list[str], after: str, now: datetime) -> bool:
    """Move admission if it is one of `before`; False when it isn't."""
    touched = await tx.run(
        """update station set admission = :after, revision = revision + 1,
             retired_at = case when :after = 'retired' then cast(:now as timestamptz) end
           where id = :id and admission = any(:before)""",
        id=station_id,
        before=before,
        after=after,
        now=now,
    )
    return touched == 1


async def set_secret(tx: Tx, station_id: UUID, secret_hash: bytes) -> None:
    """A new password's keyed hash."""
    await tx.run(
        "update station set secret_hash = :secret, revision = revision + 1 where id = :id",
        id=station_id,
        secret=secret_hash,
    )


async def move_to_profile(tx: Tx, newest: UUID, older: Sequence[UUID]) -> int:
    """Stations of older versions take the newest; how many."""
    return await tx.run(
        "update station set profile_version_id = :newest where profile_version_id = any(:older)",
        newest=newest,
        older=list(older),
    )
