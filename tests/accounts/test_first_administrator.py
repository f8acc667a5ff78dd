"""The first administrator is made once, however many processes start at the same moment."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from voltkeep.accounts.actions.create_first_administrator import FirstAdministrator, create_first_administrator
from voltkeep.accounts.actions.sign_in import SignInAsked, sign_in
from voltkeep.kit import clock
from voltkeep.kit.db import Database


async def test_only_one_of_many_starters_makes_it(database: Database):
    async def start() -> FirstAdministrator | None:
        async with database.transaction() as tx:
            return await create_first_administrator(tx, now=clock.now())

    made = [one for one in await asyncio.gather(*(start() for _ in range(4))) if one]

    assert len(made) == 1
    assert len(made[0].password) >= 16
    asked = SignInAsked(made[0].email, made[0].password, "127.0.0.1", None, None)
    session = await sign_in(database, asked, key=b"k" * 32, idle=timedelta(hours=1), now=clock.now())
    assert session.plain
    assert await start() is None
