"""The one door for acting on a station."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require
from voltkeep.accounts.model import Actor
from voltkeep.commands import store
from voltkeep.commands.actions.kind import ArgumentsInvalid, CommandKind, CommandKinds
from voltkeep.commands.actions.tell import tell
from voltkeep.commands.model import HIDDEN_PATHS, Command, Prepared, masked
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Conflict, TooMany
from voltkeep.kit.ids import new_id
from voltkeep.stations.model import Station

MOST_BYTES = 16_384


class QueueFull(TooMany):
    """As many commands wait for the station as may."""

    code = "command-queue-full"
    title = "Too many commands wait for this station"


class NotInService(Conflict):
    """Only approved stations are commanded."""

    code = "station-not-in-service"
    title = "This station isn't in service"


async def issue_command(
    tx: Tx,
    kinds: CommandKinds,
    actor: Actor,
    station: Station,
    action: str,
    arguments: Mapping[str, Any],
    *,
    now: datetime,
) -> Command:
    """A queued command. After the commit the caller wakes the station's link; until its expiry a reconnect takes it.

    Raises Invalid (unknown action), NotPermitted, ArgumentsInvalid, NotInService, QueueFull, and what the kind refuses.
    """
    kind = kinds.kind(action)
    require(actor, kind.permission, station.organisation_id)
    if station.admission != "approved":
        raise NotInService(admission=station.admission)
    checked = kind.check(_bounded(arguments))
    if await store.open_count(tx, station.id) >= kinds.queue_limit:
        raise QueueFull(limit=kinds.queue_limit, retry_after_s=5)
    prepared = await kind.prepare(tx, actor, station, checked, now)
    asked = checked.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    command = _queued(kind, actor, station, _completed(asked, prepared), prepared.evse, now)
    await store.insert(tx, command)
    await _note(tx, actor, station, command, now)
    return command


def _bounded(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        written = orjson.dumps(arguments)
    except TypeError as error:
        raise ArgumentsInvalid("Nested too deep, or an integer of more than 64 bits", field="arguments") from error
    if len(written) > MOST_BYTES:
        raise ArgumentsInvalid(f"More than {MOST_BYTES} bytes", field="arguments")
    if b"\\u0000" in written:
        raise ArgumentsInvalid("NUL isn't allowed in text", field="arguments")
    return arguments


def _completed(asked: dict[str, Any], prepared: Prepared) -> dict[str, Any]:
    hidden = {HIDDEN_PATHS: list(prepared.secrets)} if prepared.secrets else {}
    return asked | prepared.wire | hidden


def _queued(
    kind: CommandKind, actor: Actor, station: Station, arguments: dict[str, Any], evse: int | None, now: datetime
) -> Command:
    return Command(
        id=new_id(),
        organisation_id=station.organisation_id,
        station_id=station.id,
        evse=evse,
        action=kind.name,
        arguments=arguments,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        state="queued",
        read_only=kind.read_only,
        created_at=now,
        expires_at=now + timedelta(seconds=kind.expires_s),
        sent_at=None,
        settled_at=None,
        observed_at=None,
        epoch=None,
        answer=None,
        error=None,
    )


async def _note(tx: Tx, actor: Actor, station: Station, command: Command, now: datetime) -> None:
    await tell(tx, [command], now)
    await record_audit(
        tx,
        actor,
        action=f"command.{command.action}",
        object_kind="station",
        object_id=str(station.id),
        organisation_id=station.organisation_id,
        now=now,
        details={
            "identity": station.identity,
            "command_id": str(command.id),
            "arguments": masked(command.arguments),
        },
    )
