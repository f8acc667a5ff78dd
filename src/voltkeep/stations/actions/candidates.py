"""Who waits at the door: see, approve, dismiss."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require, require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import NotVisible
from voltkeep.stations.actions.create_station import create_station
from voltkeep.stations.actions.edit_station import again
from voltkeep.stations.model import Candidate, NewStation, Station
from voltkeep.stations.permissions import STATION_APPROVE
from voltkeep.stations.store import candidates as store


async def waiting(
    tx: Tx, actor: Actor, *, dismissed: bool, before: tuple[datetime, str] | None, limit: int
) -> list[Candidate]:
    """Those at the door that the actor may let in, the newest knock first. Raises NotPermitted."""
    require_anywhere(actor, STATION_APPROVE)
    scope = scope_sql(actor, STATION_APPROVE, organisation="c.organisation_id")
    return await store.page(tx, scope, dismissed=dismissed, before=before, limit=limit)


async def waiting_count(tx: Tx, actor: Actor) -> int:
    """How many wait for the actor."""
    return await store.count(tx, scope_sql(actor, STATION_APPROVE, organisation="c.organisation_id"))


async def approve_candidate(tx: Tx, actor: Actor, new: NewStation, *, key: bytes, now: datetime) -> tuple[Station, str]:
    """Put the candidate `new.identity` on the list; the station and its password, which can't be read again.

    Raises NotVisible, NotPermitted, Invalid, and IdentityTaken for a known station that was refused for another reason.
    """
    candidate = await _find(tx, actor, new.identity)
    owned = replace(new, organisation_id=new.organisation_id or candidate.organisation_id)
    station, password = await create_station(tx, actor, owned, key=key, now=now, permission=STATION_APPROVE)
    if candidate.boot is not None:
        await store.describe(tx, station.id, candidate.boot)
        station = await again(tx, station)
    return station, password


async def dismiss_candidate(tx: Tx, actor: Actor, identity: str, now: datetime) -> None:
    """Not one of ours: it is refused even while a window is open. Raises NotVisible, NotPermitted."""
    candidate = await _find(tx, actor, identity)
    organisation_id = candidate.organisation_id or actor.organisation_id
    if organisation_id is None:
        raise NotVisible
    require(actor, STATION_APPROVE, organisation_id)
    await store.dismiss(tx, identity, now)
    await record_audit(
        tx,
        actor,
        action="station.dismiss",
        object_kind="station-candidate",
        object_id=identity,
        organisation_id=organisation_id,
        now=now,
    )


async def _find(tx: Tx, actor: Actor, identity: str) -> Candidate:
    require_anywhere(actor, STATION_APPROVE)
    scope = scope_sql(actor, STATION_APPROVE, organisation="c.organisation_id")
    found = await store.find(tx, scope, identity) if "\0" not in identity else None
    if found is None:
        raise NotVisible
    return found
