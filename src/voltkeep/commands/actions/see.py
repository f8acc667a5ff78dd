"""What was asked of stations, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.commands import store
from voltkeep.commands.model import Command, CommandFilter
from voltkeep.commands.permissions import COMMAND_VIEW
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import NotVisible
from voltkeep.stations.actions.identities import identities_of


async def command_visible_to(tx: Tx, actor: Actor, command_id: UUID) -> Command:
    """One command: of a station whose commands the actor sees, or the actor's own. Raises NotVisible."""
    found = await store.command_of_id(tx, command_id)
    if found is None:
        raise NotVisible
    own = actor.id is not None and found.actor_id == actor.id
    if not own and not actor.may(COMMAND_VIEW, found.organisation_id):
        raise NotVisible
    return found


async def list_commands(
    tx: Tx, actor: Actor, wanted: CommandFilter, *, before: UUID | None, limit: int
) -> list[Command]:
    """The newest first, from behind `before`. Raises NotPermitted."""
    require_anywhere(actor, COMMAND_VIEW)
    scope = scope_sql(actor, COMMAND_VIEW, organisation="c.organisation_id", station="c.station_id")
    return await store.page(tx, wanted, scope, before=before, limit=limit)


async def stations_of(tx: Tx, commands: Sequence[Command]) -> dict[UUID, str]:
    """The identity of each command's station."""
    return await identities_of(tx, list({one.station_id for one in commands}))
