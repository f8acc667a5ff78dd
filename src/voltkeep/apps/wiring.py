"""The composition root: what every process works with, who hears of which event, and what capabilities declare."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Final

from voltkeep.accounts.model import Permission
from voltkeep.apps.keys import secret_key
from voltkeep.apps.revisions import newest
from voltkeep.commands.actions.kind import CommandKinds
from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.kit.events import Event
from voltkeep.kit.health import Check, Health, bus_check, database_check
from voltkeep.kit.jobs import Jobs, TaskKind, WiredOutbox
from voltkeep.kit.services import Services
from voltkeep.kit.settings import Settings

if TYPE_CHECKING:
    from fastapi import APIRouter

# From the lowest floor up; a capability is found by its rooms `permissions`, `http`, `tasks` and `kinds`.
CAPABILITIES: Final = (
    "accounts",
    "profiles",
    "stations",
    "commands",
    "tokens",
    "telemetry",
    "traces",
    "sessions",
)

# Durable subscribers: each gets one job per flush with the ids of its events, in the transaction of the fact.
WIRING: Final[Mapping[type[Event], tuple[str, ...]]] = {}


def room(capability: str, name: str) -> ModuleType | None:
    """A capability's module of this name; a room that isn't needed isn't made."""
    full = f"voltkeep.{capability}.{name}"
    return importlib.import_module(full) if importlib.util.find_spec(full) else None


def rooms(name: str) -> Iterator[ModuleType]:
    """The room of every capability that has it."""
    for capability in CAPABILITIES:
        found = room(capability, name)
        if found is not None:
            yield found


def permissions() -> tuple[Permission, ...]:
    """Every permission there is, with its words."""
    return tuple(one for found in rooms("permissions") for one in found.PERMISSIONS)


def routers() -> list[APIRouter]:
    """The web face of every capability."""
    return [found.router for found in rooms("http")]


def task_kinds(services: Services) -> list[TaskKind]:
    """Every job that a worker can do."""
    makers = (getattr(found, "task_kinds", None) for found in rooms("tasks"))
    return [kind for make in makers if make for kind in make(services.database, services.settings)]


def command_kinds(settings: Settings) -> CommandKinds:
    """The registry of every kind of command."""
    found = (one for name in ("kinds", "actions.kinds") for one in rooms(name))
    return CommandKinds([kind for module in found for kind in module.KINDS], queue_limit=settings.ocpp_queue_limit)


async def build_services(settings: Settings, *, name: str) -> Services:
    """Connect to the engines. Raises ValueError for a missing address or weak key, OSError without a bus."""
    if not settings.database_url or not settings.nats_url:
        raise ValueError("VOLTKEEP_DATABASE_URL and VOLTKEEP_NATS_URL must be set, or `voltkeep up` must run")
    key = await asyncio.to_thread(secret_key, settings)
    jobs = Jobs(settings.database_url)
    bus = await Bus.connect(settings.nats_url, name=name)
    outbox = WiredOutbox(jobs, bus, WIRING)
    database = Database(settings.database_url, pool_size=settings.database_pool, outbox=outbox, name=name)
    return Services(
        database=database,
        bus=bus,
        jobs=jobs,
        settings=settings,
        secret_key=key,
        kinds=command_kinds(settings),
        permissions=tuple(one.code for one in permissions()),
    )


async def close_services(services: Services) -> None:
    """Give everything back."""
    await services.bus.close()
    await services.database.close()


@asynccontextmanager
async def running_services(settings: Settings, *, name: str) -> AsyncIterator[Services]:
    """The services for the time of a block."""
    services = await build_services(settings, name=name)
    try:
        yield services
    finally:
        await close_services(services)


def checks_of(services: Services) -> dict[str, Check]:
    """What a process needs to be ready: the database, its schema, the bus."""
    return {
        "database": database_check(services.database),
        "migrations": migrations_check(services.database),
        "bus": bus_check(services.bus),
    }


def health_of(services: Services) -> Health:
    """The health of a process that needs no more than its engines."""
    health = Health()
    for name, check in checks_of(services).items():
        health.add(name, check)
    return health


def migrations_check(database: Database) -> Check:
    """Whether the database's schema is the one this version was made for."""
    wanted = newest()

    async def check() -> str:
        async with database.transaction() as tx:
            found = await tx.value("select version_num from alembic_version")
        if found != wanted:
            raise RuntimeError(f"The schema is at {found}, this version needs {wanted}: run `voltkeep migrate`")
        return str(found)

    return check
