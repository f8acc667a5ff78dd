"""The web face of commands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from voltkeep.accounts.http import ActorDep
from voltkeep.commands.actions.bus_link import BusLink
from voltkeep.commands.actions.issue import issue_command
from voltkeep.commands.actions.see import command_visible_to, list_commands, stations_of
from voltkeep.commands.model import Command, CommandFilter, State, masked
from voltkeep.commands.permissions import COMMAND_VIEW
from voltkeep.kit import clock
from voltkeep.kit.errors import Invalid
from voltkeep.kit.ids import is_uuid
from voltkeep.kit.paging import MOST_PER_PAGE, Page, from_cursor, to_cursor
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.visible_to import visible_to

router = APIRouter(tags=["commands"])


class CommandView(BaseModel):
    """A command and how far it got; secrets among the arguments are masked. `answer` is the station's own."""

    id: UUID
    station_id: UUID
    station: str
    evse: int | None
    action: str
    arguments: dict[str, Any]
    state: State
    read_only: bool
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    created_at: datetime
    expires_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    observed_at: datetime | None
    answer: Any | None
    error: str | None


class CommandNew(BaseModel):
    """`action` is a kind of command, `arguments` fit it."""

    action: str = Field(min_length=1, max_length=100)
    arguments: dict[str, Any] = {}


class CommandQuery(BaseModel):
    """Filters and place in the list."""

    state: State | None = None
    action: Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")] = None
    cursor: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100


class CommandKindView(BaseModel):
    """What may be asked, the permission it needs, and the JSON Schema of its arguments."""

    name: str
    title: str
    permission: str
    read_only: bool
    expires_s: int
    arguments: dict[str, Any]


class CommandKindList(BaseModel):
    """Every kind this server knows."""

    items: list[CommandKindView]


@router.post("/stations/{station}/commands", status_code=202)
async def send_command(station: str, new: CommandNew, actor: ActorDep, services: ServicesDep) -> CommandView:
    """Ask something of a station; the answer is the queued command, not yet what the station makes of it."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station)
        command = await issue_command(tx, services.kinds, actor, found, new.action, new.arguments, now=clock.now())
    await BusLink(services.bus).wake(found.id, found.epoch, command.id)
    return _to_view(command, found.identity)


@router.get("/stations/{station}/commands")
async def list_station_commands(
    station: str, actor: ActorDep, services: ServicesDep, query: Annotated[CommandQuery, Query()]
) -> Page[CommandView]:
    """Commands of one station, the newest first."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, COMMAND_VIEW)
        wanted = CommandFilter(found.id, query.state, query.action)
        commands = await list_commands(tx, actor, wanted, before=_position(query.cursor), limit=query.limit + 1)
        names = await stations_of(tx, commands)
    return _to_page(commands, names, query.limit)


@router.get("/commands")
async def list_all_commands(
    actor: ActorDep, services: ServicesDep, query: Annotated[CommandQuery, Query()]
) -> Page[CommandView]:
    """Commands of all stations one sees, the newest first."""
    async with services.database.transaction() as tx:
        wanted = CommandFilter(None, query.state, query.action)
        commands = await list_commands(tx, actor, wanted, before=_position(query.cursor), limit=query.limit + 1)
        names = await stations_of(tx, commands)
    return _to_page(commands, names, query.limit)


@router.get("/commands/{command_id}")
async def get_command(command_id: UUID, actor: ActorDep, services: ServicesDep) -> CommandView:
    """One command."""
    async with services.database.look() as tx:
        command = await command_visible_to(tx, actor, command_id)
        names = await stations_of(tx, [command])
    return _to_view(command, names[command.station_id])


@router.get("/command-kinds")
async def list_command_kinds(actor: ActorDep, services: ServicesDep) -> CommandKindList:
    """What can be asked of stations."""
    return CommandKindList(
        items=[
            CommandKindView(
                name=kind.name,
                title=kind.title,
                permission=kind.permission,
                read_only=kind.read_only,
                expires_s=kind.expires_s,
                arguments=kind.arguments.model_json_schema(),
            )
            for kind in services.kinds
        ]
    )


def _to_view(command: Command, station: str) -> CommandView:
    fields = {name: getattr(command, name) for name in CommandView.model_fields if name not in ("station", "arguments")}
    return CommandView(station=station, arguments=masked(command.arguments), **fields)


def _to_page(commands: list[Command], names: dict[UUID, str], limit: int) -> Page[CommandView]:
    items = [_to_view(command, names[command.station_id]) for command in commands[:limit]]
    return Page(items=items, next=to_cursor(str(items[-1].id)) if len(commands) > limit else None)


def _position(cursor: str | None) -> UUID | None:
    keys = from_cursor(cursor, 1)
    if keys is None:
        return None
    if not isinstance(keys[0], str) or not is_uuid(keys[0]):
        raise Invalid("This cursor belongs to another list", field="cursor")
    return UUID(keys[0])
