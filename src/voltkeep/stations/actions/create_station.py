"""A station comes onto the list, approved, with a password of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx, publish
from voltkeep.kit.errors import Conflict, Invalid
from voltkeep.kit.hashes import keyed_hash, random_secret
from voltkeep.kit.ids import new_id
from voltkeep.profiles.actions.versions import profile_for_protocol
from voltkeep.stations.events import StationApproved
from voltkeep.stations.model import NewStation, Station, is_identity
from voltkeep.stations.permissions import STATION_CREATE
from voltkeep.stations.store import candidates, register
from voltkeep.stations.store.sites import organisation_of as organisation_of_site
from voltkeep.stations.store.station_row import station_of_id


class IdentityTaken(Conflict):
    """Some station has it; whose isn't said."""

    code = "identity-taken"
    title = "This identity is taken"


async def create_station(
    tx: Tx, actor: Actor, new: NewStation, *, key: bytes, now: datetime, permission: str = STATION_CREATE
) -> tuple[Station, str]:
    """An approved station and its password, which can't be read again.

    Raises Invalid (identity, organisation_id, site_id), NotPermitted, IdentityTaken.
    """
    organisation_id = new.organisation_id or actor.organisation_id
    if organisation_id is None:
        raise Invalid("Say whose the station is", field="organisation_id")
    require(actor, permission, organisation_id)
    check_identity(new.identity)
    await check_site(tx, new.site_id, organisation_id)
    password, station_id = random_secret(), new_id()
    version = await profile_for_protocol(tx, new.protocol)
    added = await register.add(
        tx,
        new,
        station_id=station_id,
        organisation_id=organisation_id,
        profile_version_id=version.id,
        secret_hash=keyed_hash(key, password),
        approved_by=actor.id,
        now=now,
    )
    if not added:
        raise IdentityTaken(identity=new.identity)
    await candidates.remove(tx, new.identity)
    await _tell(tx, actor, new, station_id, organisation_id, now)
    station = await station_of_id(tx, station_id)
    assert station is not None  # noqa: S101  added above, in this transaction
    return station, password


def check_identity(identity: str) -> None:
    """Raises Invalid for what can't be an identity."""
    if not is_identity(identity):
        raise Invalid("An identity has 1 to 48 of the characters A-Z a-z 0-9 * _ = + | @ . -", field="identity")


async def check_site(tx: Tx, site_id: UUID | None, organisation_id: UUID) -> None:
    """Raises Invalid for a site that isn't the organisation's, the same for one that isn't at all."""
    if site_id is not None and await organisation_of_site(tx, site_id) != organisation_id:
        raise Invalid("This organisation has no such site", field="site_id")


async def _tell(tx: Tx, actor: Actor, new: NewStation, station_id: UUID, organisation_id: UUID, now: datetime) -> None:
    await record_audit(
        tx,
        actor,
        action="station.create",
        object_kind="station",
        object_id=str(station_id),
        organisation_id=organisation_id,
        now=now,
        details={"identity": new.identity},
    )
    event = StationApproved(id=station_id, organisation_id=organisation_id, station_id=station_id, at=now)
    await publish(tx, [event])
