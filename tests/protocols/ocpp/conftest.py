"""A running OCPP server over a fresh database, and stations for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.protocols.ocpp.client import Station, knock

from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.kit.hashes import keyed_hash
from voltkeep.kit.ids import new_id
from voltkeep.kit.settings import Settings
from voltkeep.profiles.actions.versions import ensure_builtin, profile_for_protocol
from voltkeep.protocols.ocpp.socket.server import OcppServer
from voltkeep.telemetry.actions.ensure_partitions import ensure_partitions

KEY = b"k" * 32
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)

StartServer = Callable[..., Any]
MakeStation = Callable[..., Awaitable[UUID]]


@pytest.fixture
async def organisation(database: Database) -> UUID:
    """The root organisation, with profiles and telemetry partitions in place."""
    organisation_id = new_id()
    async with database.transaction() as tx:
        await ensure_builtin(tx, NOW)
        await ensure_partitions(tx, datetime.now(UTC))
        await tx.run(
            "insert into organisation (id, name, created_at) values (:id, 'Root', :now)", id=organisation_id, now=NOW
        )
    return organisation_id


@pytest.fixture
def make_station(database: Database, organisation: UUID) -> MakeStation:
    """`await make_station("CP1")` puts an approved station with the password `right` on the list."""

    async def make(identity: str = "CP1", *, admission: str = "approved") -> UUID:
        station_id = new_id()
        async with database.transaction() as tx:
            version = await profile_for_protocol(tx, "ocpp1.6")
            await tx.run(
                """insert into station (id, organisation_id, identity, profile_version_id, admission, secret_hash,
                     created_at) values (:id, :organisation_id, :identity, :version, :admission, :secret, :now)""",
                id=station_id,
                organisation_id=organisation,
                identity=identity,
                version=version.id,
                admission=admission,
                secret=keyed_hash(KEY, "right"),
                now=NOW,
            )
        return station_id

    return make


@pytest.fixture
async def bus(nats_url: str) -> AsyncIterator[Bus]:
    """A connection to the bus, as another process has it."""
    one = await Bus.connect(nats_url, name="tests")
    yield one
    await one.close()


@pytest.fixture
def serving(database: Database, bus: Bus, settings: Settings) -> StartServer:
    """`async with serving(ocpp_configure=True) as server:` runs one process's server with other settings."""

    @asynccontextmanager
    async def serve(*, over: Database | None = None, name: str = "gw-1", **changes: Any) -> AsyncIterator[OcppServer]:
        wanted = settings.model_copy(update={"ocpp_configure": False, **changes})
        server = OcppServer(over or database, bus, wanted, key=KEY, name=name)
        await server.start()
        try:
            yield server
        finally:
            await server.stop()

    return serve


@pytest.fixture
async def server(serving: StartServer) -> AsyncIterator[OcppServer]:
    """A server with the ordinary settings."""
    async with serving() as one:
        yield one


@pytest.fixture
async def station(server: OcppServer, make_station: MakeStation) -> AsyncIterator[Station]:
    """The station CP1, connected."""
    await make_station("CP1")
    one = Station(await knock(server.port, "CP1"))
    yield one
    await one.close()
