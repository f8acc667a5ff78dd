"""The commands `read-parameters` and `set-parameters`, by the configuration keys that the parameters are bound to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from voltkeep.commands.model import Command, Settled
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.profiles.actions.values import record_reported, settle_desired
from voltkeep.protocols.ocpp.v16.calling import Caller
from voltkeep.protocols.ocpp.v16.change_configuration import Changed, change
from voltkeep.protocols.ocpp.v16.configure import key_of
from voltkeep.protocols.ocpp.v16.get_configuration import read_configuration, to_reported
from voltkeep.protocols.ocpp.v16.speaker import Speaker


async def read_parameters(command: Command, call: Caller, station: Speaker, database: Database) -> Settled:
    """Read the named parameters, or all, and keep what the station reports."""
    wanted = command.arguments.get("parameters") or ()
    keys = [key for key in (_key(command.arguments, station, name) for name in wanted) if key is not None]
    if wanted and not keys:
        return Settled(command.id, "failed", error="no-such-parameter")
    configuration = await read_configuration(call, station, keys)
    if configuration is None:
        return Settled(command.id, "failed", error="no-answer")
    async with database.transaction() as tx:
        await record_reported(tx, to_reported(configuration, station), clock.now())
    answer = {"read": len(configuration.keys), "unknown": list(configuration.unknown)[:100]}
    return Settled(command.id, "accepted", answer=answer)


async def set_parameters(command: Command, call: Caller, station: Speaker, database: Database) -> Settled:
    """Set each value; accepted when the station took every one, and the answer names the status of each."""
    statuses: dict[str, str] = {}
    changes: dict[str, Changed] = {}
    for name, value in command.arguments["values"].items():
        key = _key(command.arguments, station, name)
        if key is None:
            statuses[name] = "no-such-parameter"
            continue
        changes[name] = await change(call, key, str(value))
        statuses[name] = changes[name].status
        if changes[name].outcome is None:
            break
    await _settle(database, station, changes)
    return _judge(command, statuses, changes)


async def _settle(database: Database, station: Speaker, changes: Mapping[str, Changed]) -> None:
    async with database.transaction() as tx:
        for name, changed in changes.items():
            if changed.outcome is not None:
                error = None if changed.outcome == "in-step" else changed.status
                await settle_desired(tx, station.station_id, name, changed.outcome, error=error)


def _judge(command: Command, statuses: dict[str, str], changes: Mapping[str, Changed]) -> Settled:
    answer = {"statuses": statuses}
    if any(changed.outcome is None for changed in changes.values()):
        silent = next(changed.status for changed in changes.values() if changed.outcome is None)
        return Settled(command.id, "timed-out" if silent == "timed-out" else "unknown", answer=answer, error=silent)
    taken = [changed.outcome in {"in-step", "reboot-required"} for changed in changes.values()]
    if all(taken) and len(taken) == len(command.arguments["values"]):
        return Settled(command.id, "accepted", answer=answer)
    refused = ", ".join(f"{name}: {status}" for name, status in statuses.items() if status != "Accepted")
    return Settled(command.id, "rejected", answer=answer, error=refused[:300])


def _key(arguments: Mapping[str, Any], station: Speaker, parameter: str) -> str | None:
    """The wire's name: what the command prepared, else what the profile says."""
    prepared = arguments.get("keys") or {}
    return prepared.get(parameter) or key_of(station, parameter)
