"""Organisations and stations made with plain SQL, so that each test tells only what it is about."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.hashes import keyed_hash
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services
from voltkeep.profiles.actions.versions import ensure_builtin, profile_for_protocol

Client = Callable[..., Awaitable[httpx.AsyncClient]]
KEY = b"k" * 32
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
async def organisation(database: Database) -> UUID:
    """The platform's root organisation, with the built-in profiles in place."""
    organisation_id = new_id()
    async with database.transaction() as tx:
        await ensure_builtin(tx, NOON)
        await tx.run(
            "insert into organisation (id, name, created_at) values (:id, 'Root', :now)", id=organisation_id, now=NOON
        )
    return organisation_id


@pytest.fixture
def make_station(database: Database, organisation: UUID) -> Callable[..., Awaitable[UUID]]:
    """`await make_station("CP1", given="password", admission="approved")` gives the station's id."""

    async def make(identity: str = "CP1", *, given: str = "right", admission: str = "approved") -> UUID:
        station_id = new_id()
        async with database.transaction() as tx:
            version = await profile_for_protocol(tx, "ocpp1.6")
            await tx.run(
                """insert into station (id, organisation_id, identity, profile_version_id, admission, secret_hash,
                     created_at, retired_at)
                   values (:id, :organisation_id, :identity, :version, :admission, :secret, :now,
                     case when :admission = 'retired' then cast(:now as timestamptz) end)""",
                id=station_id,
                organisation_id=organisation,
                identity=identity,
                version=version.id,
                admission=admission,
                secret=keyed_hash(KEY, given),
                now=NOON,
            )
        return station_id

    return make


@pytest.fixture
async def neighbour(database: Database, organisation: UUID) -> UUID:
    """A second tenant below the root."""
    organisation_id = new_id()
    async with database.transaction() as tx:
        await tx.run(
            "insert into organisation (id, parent_id, name, created_at) values (:id, :parent, 'Next door', :now)",
            id=organisation_id,
            parent=organisation,
            now=NOON,
        )
    return organisation_id


@pytest.fixture
async def tenant(database: Database, organisation: UUID) -> UUID:
    """A tenant below the root."""
    organisation_id = new_id()
    async with database.transaction() as tx:
        await tx.run(
            "insert into organisation (id, parent_id, name, created_at) values (:id, :parent, 'Tenant', :now)",
            id=organisation_id,
            parent=organisation,
            now=NOON,
        )
    return organisation_id


@pytest.fixture
async def client_of(api: FastAPI) -> AsyncIterator[Client]:
    """`await client_of(organisation, "station.view", …)`: a client of the running API with those rights."""
    services: Services = api.state.services
    async with AsyncExitStack() as stack:

        async def make(organisation_id: UUID, *permissions: str) -> httpx.AsyncClient:
            async with services.database.transaction() as tx:
                _, plain = await create_api_token(
                    tx,
                    name="test",
                    permissions=permissions or ("*",),
                    organisation_id=organisation_id,
                    now=clock.now(),
                    key=services.secret_key,
                )
            headers = {"authorization": f"Bearer {plain}"}
            client = httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", headers=headers, timeout=10)
            return await stack.enter_async_context(client)

        yield make
