"""The one guarded door to a station."""

from __future__ import annotations

from voltkeep.accounts.actions.require import require
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import NotVisible
from voltkeep.stations.model import Station
from voltkeep.stations.permissions import STATION_VIEW
from voltkeep.stations.store.register import station_of_key


async def visible_to(tx: Tx, actor: Actor, key: str, permission: str = STATION_VIEW) -> Station:
    """The station with this id or identity.

    Raises NotVisible for one that isn't there or that the actor may not see, NotPermitted when `permission` is missing.
    """
    station = await station_of_key(tx, key) if "\0" not in key else None
    if station is None or not actor.may(STATION_VIEW, station.organisation_id):
        raise NotVisible
    require(actor, permission, station.organisation_id)
    return station
