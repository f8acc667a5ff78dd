"""Partitions: ahead of the readings, made when they are missing, dropped by age."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from voltkeep.kit.db import Database
from voltkeep.telemetry.actions.drop_old import drop_old
from voltkeep.telemetry.actions.ensure_partitions import ensure_partitions
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.actions.roll_up import roll_up
from voltkeep.telemetry.model import Tick

NOW = datetime(2026, 3, 14, 23, 58, tzinfo=UTC)


async def partitions(database: Database, parent: str) -> list[str]:
    async with database.transaction() as tx:
        rows = await tx.rows(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
            " where i.inhparent = to_regclass(:parent) order by 1",
            parent=parent,
        )
    return [row.relname for row in rows]


async def test_thirty_days_back_and_two_ahead_and_again_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        assert await ensure_partitions(tx, NOW) > 30
    async with database.transaction() as tx:
        assert await ensure_partitions(tx, NOW) == 0
    days = await partitions(database, "telemetry_tick")
    assert (days[0], days[-1], len(days)) == ("telemetry_tick_20260212", "telemetry_tick_20260316", 33)
    assert await partitions(database, "telemetry_state") == ["telemetry_state_202602", "telemetry_state_202603"]
    assert await partitions(database, "telemetry_rollup") == ["telemetry_rollup_202602", "telemetry_rollup_202603"]


async def test_readings_across_midnight_need_no_worker(database: Database) -> None:
    times = [NOW, NOW + timedelta(minutes=3), NOW - timedelta(days=29)]
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(1, 1, 1, ts, {1: 1.0}) for ts in times], now=NOW)
    assert len(await partitions(database, "telemetry_tick")) == 3


async def test_two_writers_may_need_the_same_new_day(database: Database) -> None:
    async def write(station: int) -> None:
        async with database.transaction() as tx:
            await record_ticks(tx, [Tick(station, 1, 1, NOW, {1: 1.0})], now=NOW)

    await asyncio.gather(*(write(station) for station in range(1, 5)))
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from telemetry_tick") == 4


async def test_a_failed_transaction_leaves_no_half_partition(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as tx:
            await record_ticks(tx, [Tick(1, 1, 1, NOW, {1: 1.0})], now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(1, 1, 1, NOW, {1: 1.0})], now=NOW)
    assert await partitions(database, "telemetry_tick") == ["telemetry_tick_20260314"]


async def test_retention_drops_ticks_long_before_rollups(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(1, 1, 1, NOW - timedelta(days=20), {1: 1.0})], now=NOW)
        await ensure_partitions(tx, NOW)
    await roll_up(database, NOW)
    later = NOW + timedelta(days=80)
    dropped = await drop_old(database, later, kept_days=80)
    assert (dropped[0], dropped[-1], len(dropped)) == ("telemetry_tick_20260212", "telemetry_tick_20260313", 30)
    assert (await partitions(database, "telemetry_tick"))[0] == "telemetry_tick_20260314"
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from telemetry_rollup") == 2
    assert "telemetry_rollup_202602" in await drop_old(database, NOW + timedelta(days=850), kept_days=80)


async def test_days_that_may_still_be_written_stay(database: Database) -> None:
    async with database.transaction() as tx:
        await ensure_partitions(tx, NOW)
    assert await drop_old(database, NOW, kept_days=1) == []


async def test_a_locked_table_is_left_for_the_next_run(database: Database, database_url: str) -> None:
    async with database.transaction() as tx:
        await ensure_partitions(tx, NOW)
    later = NOW + timedelta(days=60)
    with psycopg.connect(database_url) as reader:
        reader.execute("select count(*) from telemetry_tick")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            await drop_old(database, later, kept_days=31)
    assert len(await drop_old(database, later, kept_days=31)) == 33


async def test_quarantine_is_bounded_by_age_and_number(database: Database) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(1, 1, 1, NOW - timedelta(days=99), {1: 1.0})], now=NOW)
    await drop_old(database, NOW + timedelta(days=29), kept_days=400)
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from telemetry_quarantine") == 1
    await drop_old(database, NOW + timedelta(days=31), kept_days=400)
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from telemetry_quarantine") == 0
