"""A station to charge at, in a database of the test's own."""

from __future__ import annotations

import pytest
from tests.sessions.makers import Place, make_place, make_token

from voltkeep.kit.db import Database


@pytest.fixture
async def place(database: Database) -> Place:
    """An online station whose organisation knows the token CARD1."""
    async with database.transaction() as tx:
        made = await make_place(tx, "CP1")
        await make_token(tx, made.organisation_id, "CARD1")
    return made
