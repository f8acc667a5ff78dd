"""Ticks: merged by instant and slot, late ones in place, unbelievable ones set aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf, nan

import pytest

from voltkeep.kit.db import Database, Tx
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.model import Tick

NOW = datetime(2026, 3, 14, 12, 7, 30, tzinfo=UTC)


def tick(at: datetime = NOW, *, station: int = 7, evse: int = 1, layout: int = 1, **values: float) -> Tick:
    """A tick; `s3=1.5` puts 1.5 into slot 3."""
    return Tick(station, evse, layout, at, {int(slot[1:]): value for slot, value in values.items()})


async def stored(tx: Tx) -> dict[datetime, list[float | None]]:
    rows = await tx.rows("select ts, vals from telemetry_tick order by ts")
    return {row.ts: row.vals for row in rows}


async def test_two_messages_of_one_instant_become_one_tick(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(s1=230.5, s3=7.0)], now=NOW)
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(s2=16.1), tick(s3=8.0)], now=NOW)
        assert await stored(tx) == {NOW: [230.5, 16.1, 8.0]}


async def test_an_exact_repeat_writes_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(s1=1.0, s2=2.0)], now=NOW)
        before = await tx.value("select xmin::text || ctid::text from telemetry_tick")
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(s1=1.0)], now=NOW)
        assert await tx.value("select xmin::text || ctid::text from telemetry_tick") == before


async def test_numbers_come_back_as_they_went(database: Database) -> None:
    odd = {"s1": 0.1 + 0.2, "s2": -1e30, "s3": 5e-324, "s4": 12345678901234567.0}
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(**odd)], now=NOW)
        assert await stored(tx) == {NOW: list(odd.values())}


async def test_unbelievable_readings_are_set_aside_and_stop_nothing(database: Database) -> None:
    batch = [
        tick(NOW - timedelta(days=30, seconds=1), s1=1.0),
        tick(NOW + timedelta(minutes=5, seconds=1), s1=2.0),
        tick(datetime(1970, 1, 1, tzinfo=UTC), s1=3.0),
        tick(NOW - timedelta(seconds=1), s1=nan, s2=5.0),
        tick(NOW - timedelta(seconds=2), s1=inf, s2=1e31, s3=-inf),
        tick(NOW - timedelta(seconds=3), s0=1.0, s4097=1.0, s2=6.0),
        tick(NOW, evse=70_000, s1=1.0),
        tick(NOW - timedelta(days=30), s1=9.0),
    ]
    async with database.transaction() as tx:
        recorded = await record_ticks(tx, batch, now=NOW)
        assert (recorded.stored, recorded.quarantined) == (3, 7)
        values = [vals for _, vals in sorted((await stored(tx)).items())]
        assert values == [[9.0], [None, 6.0], [None, 5.0]]
        reasons = [row.reason for row in await tx.rows("select reason from telemetry_quarantine order by reason")]
    assert reasons == ["bad-evse", "bad-number", "bad-number", "bad-slot", "in-the-future", "too-old", "too-old"]


async def test_quarantine_is_bounded_a_flush(database: Database) -> None:
    old = NOW - timedelta(days=99)
    async with database.transaction() as tx:
        recorded = await record_ticks(tx, [tick(old, station=n, s1=1.0) for n in range(1, 200)], now=NOW)
        assert recorded.quarantined == 199
        assert await tx.value("select count(*) from telemetry_quarantine") == 20


@pytest.mark.parametrize("reverse", [False, True])
async def test_latest_holds_the_newest_value_of_each_slot(database: Database, *, reverse: bool) -> None:
    early, middle, late = (NOW - timedelta(minutes=n) for n in (3, 2, 1))
    arriving = [tick(early, s1=1.0, s2=1.0), tick(middle, s2=2.0, s5=2.0), tick(late, s1=3.0)]
    for item in reversed(arriving) if reverse else arriving:
        async with database.transaction() as tx:
            await record_ticks(tx, [item], now=NOW)
    async with database.transaction() as tx:
        row = await tx.one("select * from telemetry_latest")
    assert list(zip(row.slots, row.vals, row.times, strict=True)) == [
        (1, 3.0, late),
        (2, 2.0, middle),
        (5, 2.0, middle),
    ]
    assert (row.oldest_at, row.newest_at) == (middle, late)


async def test_ticks_of_one_station_in_a_batch_give_one_latest(database: Database) -> None:
    batch = [tick(NOW - timedelta(seconds=n), s1=float(n)) for n in range(100)]
    async with database.transaction() as tx:
        await record_ticks(tx, batch, now=NOW)
        row = await tx.one("select * from telemetry_latest")
        assert (row.vals, row.times) == ([0.0], [NOW])
        marks = [r.bucket.minute for r in await tx.rows("select bucket from telemetry_dirty order by bucket")]
    assert marks == [0]


async def test_late_data_marks_its_own_bucket(database: Database) -> None:
    late = NOW - timedelta(days=20)
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(late, s1=1.0), tick(s1=2.0)], now=NOW)
        await record_ticks(tx, [tick(late, s1=1.0), tick(s1=2.0)], now=NOW)
        buckets = [row.bucket for row in await tx.rows("select bucket from telemetry_dirty order by bucket")]
    assert buckets == [late.replace(minute=0, second=0), NOW.replace(minute=0, second=0)]


MANY = 200  # far above the number from which ticks are copied instead of inserted


def many(*, station: int = 7) -> list[Tick]:
    """Ticks with holes at changing places, their slots in no order."""
    shapes = [(1, 2, 3), (5, 1), (4096,), (3, 2), (2,)]
    return [
        tick(
            NOW - timedelta(seconds=n, microseconds=n), station=station, **{f"s{slot}": n + slot / 7 for slot in shape}
        )
        for n in range(MANY)
        for shape in [shapes[n % len(shapes)]]
    ]


async def test_copied_ticks_equal_inserted_ones(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, many(station=1), now=NOW)
        for one in many(station=2):
            await record_ticks(tx, [one], now=NOW)
        rows = await tx.rows(
            "select count(*) as n from telemetry_tick a join telemetry_tick b using (ts, evse, layout_no, vals)"
            " where a.station_no = 1 and b.station_no = 2"
        )
        assert rows[0].n == MANY
        copied, inserted = await tx.rows(
            "select slots, vals, times, oldest_at, newest_at from telemetry_latest order by station_no"
        )
        assert tuple(copied) == tuple(inserted)
        assert copied.slots == [1, 2, 3, 5, 4096]
        assert copied.vals[0] == 1 / 7


async def test_a_large_batch_that_was_sent_before_is_merged_and_spares_the_rest_of_the_transaction(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, many(), now=NOW)
    async with database.transaction() as tx:
        await tx.run("create table beside (n int)")
        before = await tx.value(
            "select string_agg(vals::text, ';' order by ts) from telemetry_tick where ts < :now", now=NOW
        )
        more = [*many(), tick(NOW + timedelta(seconds=1), s1=1.0), tick(NOW, s9=9.0)]
        assert (await record_ticks(tx, more, now=NOW)).stored == MANY + 1
        after = await tx.value(
            "select string_agg(vals::text, ';' order by ts) from telemetry_tick where ts < :now", now=NOW
        )
        assert after == before
        assert await tx.value("select vals[9] from telemetry_tick where ts = :now", now=NOW) == 9.0
        assert await tx.value("select count(*) from telemetry_tick") == MANY + 1
        assert await tx.value("select to_regclass('beside') is not null")


async def test_whole_numbers_are_welcome(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, [tick(s1=7, s2=8), tick(station=8, s1=9)], now=NOW)
        assert [row.vals for row in await tx.rows("select vals from telemetry_tick order by station_no")] == [
            [7, 8],
            [9],
        ]
