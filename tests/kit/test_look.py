"""Looking at the database without a transaction."""

from __future__ import annotations

import asyncio

from voltkeep.kit.db import Database


async def test_each_statement_of_a_look_sees_what_was_committed_before_it(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run("create table looked (n int)")
    async with database.look() as tx:
        assert await tx.value("select count(*) from looked") == 0
        async with database.transaction() as other:
            await other.run("insert into looked values (1)")
        assert await tx.value("select count(*) from looked") == 1


async def test_a_connection_that_looked_opens_transactions_again(database: Database) -> None:
    async def look() -> None:
        async with database.look() as tx:
            await tx.value("select 1")

    await asyncio.gather(*(look() for _ in range(20)))
    async with database.transaction() as tx:
        await tx.run("create table undone (n int)")
        assert (await tx.raw()).info.transaction_status.name == "INTRANS"
        await tx.connection.rollback()
    async with database.look() as tx:
        assert await tx.value("select to_regclass('undone')") is None
