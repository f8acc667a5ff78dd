"""State changes: only changes are kept, late ones land in their place."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voltkeep.kit.db import Database
from voltkeep.telemetry.actions.record_states import record_states
from voltkeep.telemetry.model import StateChange

NOW = datetime(2026, 3, 14, 12, 7, 30, tzinfo=UTC)


def change(minute: int, value: str | None, *, parameter: str = "mode") -> StateChange:
    return StateChange(7, 1, parameter, "", NOW - timedelta(hours=1) + timedelta(minutes=minute), value)


async def history(database: Database, parameter: str = "mode") -> list[tuple[int, str | None]]:
    async with database.transaction() as tx:
        rows = await tx.rows("select * from telemetry_state where parameter = :p order by ts", p=parameter)
    return [(int((row.ts - NOW + timedelta(hours=1)).total_seconds() // 60), row.value) for row in rows]


async def record(database: Database, *changes: StateChange) -> None:
    async with database.transaction() as tx:
        await record_states(tx, changes, now=NOW)


async def test_repeats_are_dropped_within_a_batch_and_across(database: Database) -> None:
    await record(database, change(0, "a"), change(1, "a"), change(2, "b"), change(3, "b"))
    await record(database, change(4, "b"), change(5, "a"), change(6, None), change(6, None, parameter="other"))
    assert await history(database) == [(0, "a"), (2, "b"), (5, "a"), (6, None)]
    assert await history(database, "other") == [(6, None)]


async def test_late_changes_land_in_place_and_dont_become_the_latest(database: Database) -> None:
    await record(database, change(0, "a"), change(10, "b"))
    await record(database, change(5, "c"), change(3, "a"))
    assert await history(database) == [(0, "a"), (5, "c"), (10, "b")]
    async with database.transaction() as tx:
        assert await tx.value("select value from telemetry_state_latest") == "b"


async def test_unbelievable_times_are_set_aside(database: Database) -> None:
    far = StateChange(7, 1, "mode", "", NOW + timedelta(hours=1), "x")
    async with database.transaction() as tx:
        recorded = await record_states(tx, [far, change(0, "a")], now=NOW)
        assert await tx.value("select reason from telemetry_quarantine") == "in-the-future"
    assert (recorded.stored, recorded.quarantined) == (1, 1)
    assert await history(database) == [(0, "a")]


async def test_a_repeat_outlives_a_late_change_before_it(database: Database) -> None:
    await record(database, change(0, "a"), change(20, "a"))
    await record(database, change(10, "b"))
    assert await history(database) == [(0, "a"), (10, "b"), (20, "a")]


@given(batches=st.lists(st.dictionaries(st.integers(0, 59), st.sampled_from("ab"), max_size=8), max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_just_reported_holds_and_so_does_the_newest(database_url: str, batches: list[dict[int, str]]) -> None:
    async def play() -> None:
        database = Database(database_url, pool_size=1)
        async with database.transaction() as tx:
            await tx.run("truncate telemetry_state, telemetry_state_latest")
        told: dict[int, str] = {}
        for batch in batches:
            await record(database, *(change(minute, value) for minute, value in batch.items()))
            told |= batch
            stored = dict(await history(database))
            newest = {max(told): told[max(told)]} if told else {}
            for minute, value in (batch | newest).items():
                assert stored[max(at for at in stored if at <= minute)] == value
        await database.close()

    asyncio.run(play())
