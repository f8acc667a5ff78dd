"""Group commit: one transaction for many, each with its own outcome, whatever one of them is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voltkeep.kit.batch import Batch
from voltkeep.kit.db import Database
from voltkeep.kit.errors import Invalid, Unavailable


class Doubler:
    """Doubles numbers; remembers its batches; poison numbers raise."""

    def __init__(self, poison: frozenset[int] = frozenset()) -> None:
        self.batches: list[list[int]] = []
        self.poison = poison

    async def __call__(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        await asyncio.sleep(0)
        if bad := self.poison & set(items):
            raise Invalid(f"poison {min(bad)}")
        return [item * 2 for item in items]


async def outcomes(batch: Batch[int, int], items: Sequence[int]) -> list[int | BaseException]:
    return await asyncio.gather(*(batch.add(item) for item in items), return_exceptions=True)


async def test_callers_at_the_same_time_share_a_transaction_in_order_of_arrival():
    run = Doubler()
    batch = Batch(run, name="t")

    assert await outcomes(batch, range(100)) == [item * 2 for item in range(100)]
    assert run.batches == [list(range(100))]
    await batch.close()


async def test_a_full_batch_does_not_wait():
    run = Doubler()
    batch = Batch(run, name="t", most=10, wait_s=5)

    async with asyncio.timeout(2):
        assert len(await outcomes(batch, range(30))) == 30
    assert [len(one) for one in run.batches] == [10, 10, 10]
    await batch.close()


async def test_a_lone_caller_waits_no_longer_than_the_gathering_time():
    batch = Batch(Doubler(), name="t", wait_s=0.01)

    async with asyncio.timeout(1):
        assert await batch.add(21) == 42
    await batch.close()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.sets(st.integers(0, 59), max_size=8))
def test_poison_fails_alone_and_everyone_else_succeeds_once(count: int, poison: set[int]):
    async def scenario() -> None:
        run = Doubler(frozenset(poison))
        batch = Batch(run, name="t", most=100)
        found = await outcomes(batch, range(count))
        await batch.close()
        for item, outcome in enumerate(found):
            if item in poison:
                assert isinstance(outcome, Invalid)
                assert outcome.detail == f"poison {item}"
            else:
                assert outcome == item * 2
        good = [item for one in run.batches if not poison & set(one) for item in one]
        assert len(good) == len(set(good)), "no item may be committed twice"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "fault", [ConnectionResetError("gone"), psycopg.OperationalError("gone"), TimeoutError(), OSError("disk")]
)
async def test_a_passing_fault_fails_all_at_once_without_bisection(fault: Exception):
    calls = 0

    async def away(items: Sequence[int]) -> list[int]:
        nonlocal calls
        calls += 1
        raise fault

    batch: Batch[int, int] = Batch(away, name="t")

    found = await outcomes(batch, range(64))

    assert all(isinstance(one, Unavailable) for one in found)
    assert calls == 1
    await batch.close()


async def test_the_queue_is_bounded():
    gate = asyncio.Event()

    async def slow(items: Sequence[int]) -> list[int]:
        await gate.wait()
        return list(items)

    batch: Batch[int, int] = Batch(slow, name="t", most=2, limit=5)
    waiting = [asyncio.create_task(batch.add(item)) for item in range(2)]
    await asyncio.sleep(0.05)
    waiting += [asyncio.create_task(batch.add(item)) for item in range(2, 7)]
    await asyncio.sleep(0.05)

    with pytest.raises(Unavailable):
        await batch.add(99)
    assert batch.waiting == 5
    gate.set()
    assert await asyncio.gather(*waiting) == list(range(7))
    await batch.close()


async def test_a_caller_that_gives_up_hurts_nobody():
    run = Doubler()
    batch = Batch(run, name="t", wait_s=0.05)
    doomed = asyncio.create_task(batch.add(1))
    other = asyncio.create_task(batch.add(2))
    await asyncio.sleep(0)
    doomed.cancel()

    assert await other == 4
    assert run.batches == [[2]]
    await batch.close()


async def test_closing_finishes_what_waits_and_takes_no_more():
    batch = Batch(Doubler(), name="t", wait_s=5)
    waiting = [asyncio.create_task(batch.add(item)) for item in range(3)]
    await asyncio.sleep(0)

    async with asyncio.timeout(2):
        await batch.close()

    assert await asyncio.gather(*waiting) == [0, 2, 4]
    with pytest.raises(Unavailable):
        await batch.add(1)


async def test_a_row_that_the_database_refuses_fails_alone(database: Database):
    async with database.transaction() as tx:
        await tx.run("create table meter (wh int check (wh >= 0))")

    async def insert(items: Sequence[int]) -> list[int]:
        async with database.transaction() as tx:
            await tx.run("insert into meter select * from unnest(cast(:items as int[]))", items=list(items))
        return list(items)

    batch: Batch[int, int] = Batch(insert, name="t")

    found = await outcomes(batch, [1, 2, -3, 4, 5])

    assert [one for one in found if isinstance(one, int)] == [1, 2, 4, 5]
    assert "check" in str(found[2])
    async with database.transaction() as tx:
        assert [row.wh for row in await tx.rows("select wh from meter order by wh")] == [1, 2, 4, 5]
    await batch.close()


async def test_a_database_that_dies_in_mid_batch_acknowledges_nobody(database: Database, server_url: str):
    async def insert(items: Sequence[int]) -> list[int]:
        async with database.transaction() as tx:
            pid = await tx.value("select pg_backend_pid()")
            with psycopg.connect(server_url, autocommit=True) as admin:
                admin.execute("select pg_terminate_backend(%s)", [pid])
            await tx.run("select 1")
        return list(items)

    batch: Batch[int, int] = Batch(insert, name="t")

    assert all(isinstance(one, Unavailable) for one in await outcomes(batch, range(5)))
    await batch.close()
