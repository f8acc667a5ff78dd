"""Which command becomes which calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from voltkeep.commands.model import Command, Settled
from voltkeep.kit.db import Database
from voltkeep.protocols.ocpp.v16 import (
    change_configuration,
    get_configuration,
    remote_start_transaction,
    remote_stop_transaction,
    reset,
    trigger_message,
)
from voltkeep.protocols.ocpp.v16.calling import Caller
from voltkeep.protocols.ocpp.v16.judge import judge
from voltkeep.protocols.ocpp.v16.parameters import read_parameters, set_parameters
from voltkeep.protocols.ocpp.v16.speaker import Speaker

CALLED = frozenset(
    {
        change_configuration.ACTION,
        get_configuration.ACTION,
        remote_start_transaction.ACTION,
        remote_stop_transaction.ACTION,
        reset.ACTION,
        trigger_message.ACTION,
    }
)
_RAW = "ocpp."
_LOST = frozenset({"disconnected", "not-sent"})

_SINGLE: dict[str, tuple[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "start": (remote_start_transaction.ACTION, remote_start_transaction.to_payload),
    "stop": (remote_stop_transaction.ACTION, remote_stop_transaction.to_payload),
    "trigger": (trigger_message.ACTION, trigger_message.to_payload),
    "reset": (reset.ACTION, reset.to_payload),
}
_SEVERAL: dict[str, Callable[[Command, Caller, Speaker, Database], Awaitable[Settled]]] = {
    "read-parameters": read_parameters,
    "set-parameters": set_parameters,
}


async def perform(command: Command, *, call: Caller, station: Speaker, database: Database) -> Settled | None:
    """Carry the command out and judge the answer.

    None: the connection went before a read was answered, so it stays `sent` and the next connection asks again.
    """
    settled = await _perform(command, call, station, database)
    return None if command.read_only and settled.error in _LOST else settled


async def _perform(command: Command, call: Caller, station: Speaker, database: Database) -> Settled:
    if command.action in _SEVERAL:
        return await _SEVERAL[command.action](command, call, station, database)
    if command.action in _SINGLE:
        action, to_payload = _SINGLE[command.action]
        return judge(command, await call(action, to_payload(command.arguments)))
    raw = command.action.removeprefix(_RAW)
    if command.action.startswith(_RAW) and raw in CALLED:
        return judge(command, await call(raw, _as_sent(command.arguments)))
    return Settled(command.id, "failed", error="not-supported")


def _as_sent(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Raw arguments without our own marks and without nulls, which OCPP has none of."""
    return {name: value for name, value in arguments.items() if not name.startswith("$") and value is not None}
