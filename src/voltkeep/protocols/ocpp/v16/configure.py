"""After a boot: read the configuration, then set what the profile or people want and the station hasn't got."""

from __future__ import annotations

from voltkeep.kit import clock
from voltkeep.kit.db import Database, Tx
from voltkeep.profiles.actions.values import (
    parameters_of,
    pending_desired,
    record_reported,
    set_desired,
    settle_desired,
)
from voltkeep.profiles.model import Pending
from voltkeep.protocols.ocpp.v16.calling import Caller
from voltkeep.protocols.ocpp.v16.change_configuration import change
from voltkeep.protocols.ocpp.v16.get_configuration import read_configuration, to_reported
from voltkeep.protocols.ocpp.v16.speaker import Speaker

BY_PROFILE = "profile"
_MOST_TRIES = 6


async def configure(call: Caller, station: Speaker, database: Database) -> None:
    """Read all keys, want what the profile wants where nobody wants otherwise, set what differs.

    Ends early when the station falls silent; what is left stays pending for the next boot.
    """
    configuration = await read_configuration(call, station)
    if configuration is not None:
        async with database.transaction() as tx:
            await record_reported(tx, to_reported(configuration, station), clock.now())
            await _want(tx, station)
    async with database.transaction() as tx:
        pending = await pending_desired(tx, station.station_id)
    for one in pending:
        if not await _set(call, station, database, one):
            return


async def _want(tx: Tx, station: Speaker) -> None:
    """What the profile wants of keys the station has, may be written, and nobody has set a wish for."""
    known = {value.parameter.id: value for value in await parameters_of(tx, station.station_id, station.profile)}
    wanted = {
        parameter: value
        for parameter, value in station.profile.document.desired.items()
        if parameter in known and known[parameter].desired is None and known[parameter].read_only is not True
    }
    await set_desired(tx, station.station_id, wanted, BY_PROFILE, clock.now())


async def _set(call: Caller, station: Speaker, database: Database, pending: Pending) -> bool:
    """Set one value, then shorter ones where the station refuses; False when it fell silent."""
    document = station.profile.document
    key = pending.key or key_of(station, pending.parameter)
    if key is None:
        return True
    value = pending.desired
    for _ in range(_MOST_TRIES):
        changed = await change(call, key, value)
        if changed.outcome is None:
            return False
        shorter = document.next_fallback(pending.parameter, value) if changed.outcome == "rejected" else None
        async with database.transaction() as tx:
            if shorter is None:
                error = None if changed.outcome == "in-step" else changed.status
                await settle_desired(tx, station.station_id, pending.parameter, changed.outcome, error=error)
                return True
            await set_desired(tx, station.station_id, {pending.parameter: shorter}, BY_PROFILE, clock.now())
        value = shorter
    return True


def key_of(station: Speaker, parameter: str) -> str | None:
    """The configuration key of a parameter that the profile lists."""
    listed = station.profile.document.by_id.get(parameter)
    return None if listed is None else listed.binding.get("key")
