"""A server that was away is found again without a failed request; a server that hangs doesn't hang health."""

from __future__ import annotations

import asyncio
import time

from voltkeep.kit.db import Database
from voltkeep.kit.health import Health, database_check


async def test_connections_that_the_server_closed_are_replaced_unseen(database: Database) -> None:
    async def backend() -> int:
        async with database.transaction() as tx:
            number = await tx.value("select pg_backend_pid()")
            await asyncio.sleep(0.1)
            return int(number)

    old = set(await asyncio.gather(*(backend() for _ in range(3))))
    assert len(old) == 3
    killer = Database(database.url, pool_size=1, name="killer")
    async with killer.transaction() as tx:
        await tx.run("select pg_terminate_backend(pid) from unnest(cast(:pids as int[])) p(pid)", pids=list(old))
    await killer.close()
    await asyncio.sleep(0.2)

    new = set(await asyncio.gather(*(backend() for _ in range(3))))

    assert len(new) == 3
    assert not new & old


async def test_a_check_that_hangs_is_answered_in_time_and_not_asked_twice(database: Database) -> None:
    asked = 0
    goes_on = asyncio.Event()

    async def stubborn() -> str:
        nonlocal asked
        asked += 1
        while not goes_on.is_set():
            try:
                await goes_on.wait()
            except asyncio.CancelledError:
                continue  # a driver that takes its time to give a question up
        return "late"

    health = Health()
    health.add("stubborn", stubborn)
    health.add("database", database_check(database))
    for _ in range(2):
        began = time.monotonic()
        results = {one.name: one for one in await health.run()}
        assert time.monotonic() - began < 4
        assert results["database"].ok
        assert not results["stubborn"].ok
        assert "no answer" in results["stubborn"].detail
    assert asked == 1
    goes_on.set()
    await asyncio.sleep(0.05)
    assert {one.name: one.ok for one in await health.run()} == {"stubborn": True, "database": True}
