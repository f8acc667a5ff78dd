"""Rollups equal a plain computation over the stored ticks, whatever came late, doubled or out of order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voltkeep.kit.db import Database
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.actions.roll_up import roll_up
from voltkeep.telemetry.model import Tick, bucket_of

NOW = datetime(2026, 3, 14, 12, 7, 30, tzinfo=UTC)
START = NOW - timedelta(hours=2)

Rows = dict[tuple[int, int, int, datetime], list[tuple[float, float, float, float, int] | None]]

values = st.dictionaries(st.integers(1, 5), st.floats(-1e6, 1e6), min_size=1, max_size=4)
ticks = st.builds(
    lambda station, evse, second, held: Tick(station, evse, 1, START + timedelta(seconds=second), held),
    st.integers(1, 2),
    st.integers(0, 1),
    st.integers(0, 2400),
    values,
)


def plainly(arrived: list[Tick]) -> Rows:
    """The rollups of both widths, computed without any cleverness; None where a slot has no sample."""
    held: dict[tuple[int, int, datetime], dict[int, float]] = defaultdict(dict)
    for tick in arrived:
        held[tick.station_no, tick.evse, tick.ts].update(tick.values)
    series: dict[tuple[int, int, int, datetime], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (station, evse, ts), vals in sorted(held.items()):
        for width, start in ((60, ts.replace(second=0)), (900, bucket_of(ts))):
            for slot, value in vals.items():
                series[station, evse, width, start][slot].append(value)
    return {
        key: [_figures(slots[slot]) if slot in slots else None for slot in range(1, max(slots) + 1)]
        for key, slots in series.items()
    }


def _figures(samples: list[float]) -> tuple[float, float, float, float, int]:
    return sum(samples) / len(samples), min(samples), max(samples), samples[-1], len(samples)


async def stored(database: Database) -> Rows:
    async with database.transaction() as tx:
        rows = await tx.rows("select * from telemetry_rollup")
    found: Rows = {}
    for r in rows:
        figures = zip(r.means, r.mins, r.maxs, r.lasts, r.counts, strict=True)
        found[r.station_no, r.evse, r.width_s, r.bucket] = [f if f[4] else None for f in figures]
    return found


def assert_equal(found: Rows, wanted: Rows) -> None:
    assert found.keys() == wanted.keys()
    for key, slots in wanted.items():
        assert len(found[key]) == len(slots)
        for mine, right in zip(found[key], slots, strict=True):
            assert (mine is None) == (right is None)
            if mine is not None and right is not None:
                assert mine[0] == pytest.approx(right[0], abs=1e-6)
                assert mine[1:] == right[1:]


@given(batches=st.lists(st.lists(ticks, min_size=1, max_size=60), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rollups_equal_a_plain_computation(database_url: str, batches: list[list[Tick]]) -> None:
    async def play() -> tuple[Rows, int]:
        database = Database(database_url, pool_size=1)
        async with database.transaction() as tx:
            await tx.run("truncate telemetry_tick, telemetry_rollup, telemetry_dirty, telemetry_latest")
        for batch in batches:
            async with database.transaction() as tx:
                await record_ticks(tx, batch, now=NOW)
            await roll_up(database, NOW)
        found, again = await stored(database), await roll_up(database, NOW)
        await database.close()
        return found, again

    found, again = asyncio.run(play())
    assert_equal(found, plainly([tick for batch in batches for tick in batch]))
    assert again == 0


async def test_the_open_bucket_waits_for_its_end(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(1, 1, 1, NOW, {1: 1.0})], now=NOW)
    assert await roll_up(database, NOW) == 0
    assert await roll_up(database, NOW + timedelta(minutes=8)) == 0
    assert await roll_up(database, NOW + timedelta(minutes=9)) == 1


async def test_a_late_tick_in_flight_is_never_missed(database: Database) -> None:
    late = [Tick(1, 1, 1, NOW - timedelta(hours=1, seconds=n), {1: float(n)}) for n in (1, 2)]
    async with database.transaction() as tx:
        await record_ticks(tx, late[:1], now=NOW)
    async with database.transaction() as tx:
        await record_ticks(tx, late[1:], now=NOW)
        assert await roll_up(database, NOW) == 0, "a roll-up took the mark of a writer that hadn't committed"
    assert await roll_up(database, NOW) == 1
    assert (await stored(database))[1, 1, 900, bucket_of(late[0].ts)] == [(1.5, 1.0, 2.0, 1.0, 2)]


async def test_marks_of_several_days_are_done_in_turns(database: Database) -> None:
    days = [Tick(station, 1, 1, NOW - timedelta(days=day), {1: 1.0}) for day in (1, 5, 29) for station in (1, 2)]
    async with database.transaction() as tx:
        await record_ticks(tx, days, now=NOW)
    assert await roll_up(database, NOW, limit=3) == 3
    assert await roll_up(database, NOW) == 3
    assert len(await stored(database)) == 12


async def test_a_bucket_that_cant_be_computed_stops_no_other(database: Database) -> None:
    at = NOW - timedelta(hours=1)
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(station, 1, 1, at, {1: 1.0}) for station in range(1, 41)], now=NOW)
        await tx.run(
            "insert into telemetry_tick values (20, 1, 1, :at, array[1.5e308]), (20, 1, 1, :later, array[1.5e308])",
            at=at - timedelta(seconds=1),
            later=at - timedelta(seconds=2),
        )
    assert await roll_up(database, NOW) == 39
    found = await stored(database)
    assert {key[0] for key in found} == set(range(1, 41)) - {20}
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from telemetry_dirty") == 0
