"""Organisations, people and signed-in browsers, so that each test tells only what it is about."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from voltkeep.accounts.actions.create_person import NewPerson, create_person
from voltkeep.accounts.model import SYSTEM
from voltkeep.kit import clock
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Tree:
    """`root` has two branches; `leaf` is below `north`."""

    root: UUID
    north: UUID
    south: UUID
    leaf: UUID


@dataclass(frozen=True)
class Browser:
    """A person at a signed-in browser; its client sends the CSRF token."""

    client: httpx.AsyncClient
    person_id: UUID
    email: str


@pytest.fixture
def services(api: FastAPI) -> Services:
    """What the running API works with."""
    found: Services = api.state.services
    return found


@pytest.fixture
async def tree(services: Services) -> Tree:
    """Four organisations."""
    ids = Tree(*(new_id() for _ in range(4)))
    parents = {ids.root: None, ids.north: ids.root, ids.south: ids.root, ids.leaf: ids.north}
    async with services.database.transaction() as tx:
        for number, (one, parent) in enumerate(parents.items()):
            await tx.run(
                "insert into organisation (id, parent_id, name, created_at) values (:id, :parent, :name, now())",
                id=one,
                parent=parent,
                name=f"organisation {number}",
            )
    return ids


AddPerson = Callable[..., Awaitable[UUID]]
SignIn = Callable[..., Awaitable[Browser]]


@pytest.fixture
def add_person(services: Services) -> AddPerson:
    """Adds a person: `await add_person(email, organisation, "station.view", …)`."""

    async def add(email: str, organisation: UUID, *permissions: str) -> UUID:
        new = NewPerson(email, email.split("@", maxsplit=1)[0], organisation, frozenset(permissions), PASSWORD)
        async with services.database.transaction() as tx:
            return (await create_person(tx, new, now=clock.now(), actor=SYSTEM)).id

    return add


@pytest.fixture
async def anonymous(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that isn't signed in."""
    async with httpx.AsyncClient(base_url=f"{api.state.url}/api/v1") as client:
        yield client


@pytest.fixture
async def sign_in(api: FastAPI, add_person: AddPerson) -> AsyncIterator[SignIn]:
    """A signed-in browser of a new person: `await sign_in(email, organisation, "station.view", …)`."""
    async with AsyncExitStack() as stack:

        async def enter(email: str, organisation: UUID, *permissions: str) -> Browser:
            person_id = await add_person(email, organisation, *permissions)
            client = httpx.AsyncClient(base_url=f"{api.state.url}/api/v1")
            await stack.enter_async_context(client)
            answer = await client.post("/sign-in", json={"email": email, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            client.headers["x-csrf-token"] = answer.json()["csrf_token"]
            return Browser(client, person_id, email)

        yield enter
