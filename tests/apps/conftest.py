"""Clients of the running API with chosen rights."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.kit import clock
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services

Client = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
def services(api: FastAPI) -> Services:
    """What the running API works with."""
    found: Services = api.state.services
    return found


@pytest.fixture
async def organisation(services: Services) -> UUID:
    """A root organisation."""
    organisation_id = new_id()
    async with services.database.transaction() as tx:
        await tx.run("insert into organisation (id, name, created_at) values (:id, 'North', now())", id=organisation_id)
    return organisation_id


@pytest.fixture
async def client_of(api: FastAPI, services: Services) -> AsyncIterator[Client]:
    """`await client_of(organisation, "station.view", …)`: a client with an API token (id: `headers["x-test-id"]`)."""
    async with AsyncExitStack() as stack:

        async def make(organisation_id: UUID, *permissions: str) -> httpx.AsyncClient:
            async with services.database.transaction() as tx:
                token, plain = await create_api_token(
                    tx,
                    name="test",
                    permissions=permissions,
                    organisation_id=organisation_id,
                    now=clock.now(),
                    key=services.secret_key,
                )
            headers = {"authorization": f"Bearer {plain}", "x-test-id": str(token.id)}
            client = httpx.AsyncClient(base_url=f"{api.state.url}/api/v1", headers=headers, timeout=10)
            return await stack.enter_async_context(client)

        yield make
