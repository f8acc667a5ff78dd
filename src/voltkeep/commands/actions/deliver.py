"""The side of the process that holds a station's connection: take, then write, then settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from voltkeep.commands import store
from voltkeep.commands.actions.tell import tell
from voltkeep.commands.model import Command, Settled, after_restart, decide_settled, without_secrets
from voltkeep.kit.db import Tx
from voltkeep.profiles.builtin import SECRET_KEYS
from voltkeep.stations.actions.presence import current_epoch


async def take_commands(tx: Tx, station_id: UUID, epoch: int, now: datetime, limit: int) -> list[Command]:
    """The oldest waiting commands, marked `sent`: commit before writing any of them to the socket.

    Empty when `epoch` isn't the newest connection. The arguments hold secrets that the wire needs.
    """
    if await current_epoch(tx, station_id) != epoch:
        return []
    commands = await store.take(tx, station_id, epoch, now, limit)
    await tell(tx, commands, now)
    return commands


async def settle_commands(tx: Tx, settled: Sequence[Settled], now: datetime) -> list[bool]:
    """For each answer whether it counted: the first one for a sent command does; later ones change nothing."""
    if not settled:
        return []
    verdicts = decide_settled(settled, await store.states_of(tx, [one.id for one in settled]))
    counted = [_clean(one) for one, counts in zip(settled, verdicts, strict=True) if counts]
    if counted:
        await tell(tx, await store.settle(tx, counted, now), now)
    return verdicts


def _clean(settled: Settled) -> Settled:
    error = settled.error and settled.error.replace("\0", "")[:500]
    return replace(settled, answer=without_secrets(settled.answer, SECRET_KEYS), error=error)


async def reconcile_after_restart(tx: Tx, station_id: UUID, now: datetime) -> list[Command]:
    """Call it after connecting. Commands sent by older connections: reads wait again, others become `unknown`."""
    orphans = await store.sent_before(tx, station_id, await current_epoch(tx, station_id))
    again = [one.id for one in orphans if after_restart(one.read_only, one.expires_at, now) == "queued"]
    lost = [Settled(one.id, "unknown", error="connection-lost") for one in orphans if one.id not in again]
    moved = await store.requeue(tx, again) if again else []
    moved += await store.settle(tx, lost, now) if lost else []
    await tell(tx, moved, now)
    return moved
