"""What people may change about a station."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx, publish
from voltkeep.kit.errors import NotVisible, PreconditionFailed
from voltkeep.stations.actions.create_station import IdentityTaken, check_identity, check_site
from voltkeep.stations.events import StationChanged
from voltkeep.stations.model import Station, StationEdit
from voltkeep.stations.store import register
from voltkeep.stations.store.station_row import station_of_id


async def edit_station(
    tx: Tx, actor: Actor, station: Station, edit: StationEdit, *, revision: int | None, now: datetime
) -> Station:
    """The changed station, its revision one higher; the same when nothing was given.

    `revision` is the one that the edit is based on, None for whatever it is now. Raises PreconditionFailed, Invalid,
    IdentityTaken. The caller has checked the permission.
    """
    values = edit.given()
    if revision is not None and revision != station.revision:
        raise PreconditionFailed(revision=station.revision)
    if not values:
        return station
    await _check(tx, station, values)
    if not await register.change(tx, station.id, station.revision, values):
        raise PreconditionFailed
    await note_change(tx, actor, station, "station.edit", now, details=_as_details(values))
    return await again(tx, station)


async def again(tx: Tx, station: Station) -> Station:
    """The station as it is now."""
    found = await station_of_id(tx, station.id)
    if found is None:
        raise NotVisible
    return found


async def note_change(
    tx: Tx, actor: Actor, station: Station, action: str, now: datetime, details: dict[str, Any] | None = None
) -> None:
    """Audit and event of a change that people made."""
    await record_audit(
        tx,
        actor,
        action=action,
        object_kind="station",
        object_id=str(station.id),
        organisation_id=station.organisation_id,
        now=now,
        details={"identity": station.identity} | (details or {}),
    )
    event = StationChanged(id=station.id, organisation_id=station.organisation_id, station_id=station.id, at=now)
    await publish(tx, [event])


async def _check(tx: Tx, station: Station, values: dict[str, Any]) -> None:
    identity = values.get("identity")
    if identity is not None and identity != station.identity:
        check_identity(identity)
        if not await register.identity_is_free(tx, identity, station.id):
            raise IdentityTaken(identity=identity)
    await check_site(tx, values.get("site_id"), station.organisation_id)


def _as_details(values: dict[str, Any]) -> dict[str, Any]:
    return {"changed": {name: None if value is None else str(value) for name, value in values.items()}}
