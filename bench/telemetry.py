"""Telemetry: samples stored a second, roll-ups, and how long a chart takes.

A sample is one number of one tick; ticks carry 20. A flush is one call of `record_ticks` and one commit, with
everything it does: judging, merging, the newest values, the dirty list.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import perf_counter

from bench.environment import Environment
from bench.report import Figure, of
from voltkeep.kit.db import Database
from voltkeep.telemetry.actions.ensure_partitions import ensure_partitions
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.actions.roll_up import roll_up
from voltkeep.telemetry.actions.series import series
from voltkeep.telemetry.model import SeriesAsked, Tick
from voltkeep.telemetry.store.packing import COLUMNS, copy_of

SLOTS = 20
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)

Flush = list[Tick]


async def run(env: Environment) -> list[Figure]:
    """Seven figures, in about half a minute."""
    async with env.database() as database:
        async with database.transaction() as tx:
            await ensure_partitions(tx, NOW)
        stored = [
            *await stored_per_second(database, "live: each tick of a flush from another EVSE", live(env.scale)),
            *await stored_per_second(database, "catching up: 20 ticks an EVSE in a flush", catching_up(env.scale)),
        ]
    async with env.database() as database:
        return stored + await charts(database, env.scale)


def live(scale: float) -> list[Flush]:
    """One tick a minute of 5,000 EVSEs, a minute a flush."""
    return [make_ticks(range(1, 5001), [NOW - timedelta(minutes=n)]) for n in range(int(16 * scale), 0, -1)]


def catching_up(scale: float) -> list[Flush]:
    """20 minutes of 1,000 EVSEs a flush, as after an offline spell."""
    spells = [NOW - timedelta(hours=n) for n in range(int(5 * scale) + 1, 1, -1)]
    return [make_ticks(range(5001, 6001), [at + timedelta(minutes=n) for n in range(20)]) for at in spells]


def make_ticks(stations: range, times: list[datetime]) -> Flush:
    """Ticks whose numbers look measured."""
    chance = random.Random(7)
    shape = [chance.uniform(0, 400) for _ in range(SLOTS)]
    return [
        Tick(station, 1, 1, at, {n + 1: round(value + chance.random(), 2) for n, value in enumerate(shape)})
        for station in stations
        for at in times
    ]


async def stored_per_second(database: Database, shape: str, flushes: list[Flush]) -> list[Figure]:
    """Samples a second through `record_ticks`, beside a COPY of the same rows, packed before it is timed."""
    packed = [b"".join(copy_of(flush)) for flush in flushes]

    async def store(number: int) -> None:
        async with database.transaction() as tx:
            await record_ticks(tx, flushes[number], now=flushes[number][-1].ts)

    # The first flush meets an empty list of newest values, which happens once in a station's life: it isn't counted.
    await store(0)
    gc.freeze()  # the load itself, made beforehand, isn't the program's to sweep
    counted = (len(flushes) - 1) * len(flushes[0]) * SLOTS
    value = counted / await timed(store, len(flushes))
    keyed = counted / await copied(database, "like telemetry_tick including all", packed)
    bare = counted / await copied(database, "like telemetry_tick", packed)
    gc.unfreeze()
    note = f"{len(flushes) - 1} flushes of {len(flushes[0]):,} ticks with {SLOTS} samples, one commit each"
    name = f"Samples stored, {shape}"
    return [
        Figure(name, value, "/s", "COPY into a table with the key", keyed, of(value, keyed), note, "≥ 500,000"),
        Figure(name, value, "/s", "COPY into a bare table", bare, of(value, bare), note, "≥ 30 %"),
    ]


async def copied(database: Database, table: str, packed: list[bytes]) -> float:
    """Seconds of raw COPY of every piece but the first into a new table, a commit each."""

    async def copy(number: int) -> None:
        async with database.transaction() as tx:
            raw = await tx.raw()
            async with raw.cursor().copy(f"copy copied ({COLUMNS}) from stdin (format binary)") as writer:
                await writer.write(packed[number])

    async with database.transaction() as tx:
        await tx.run("drop table if exists copied")
        await tx.run(f"create table copied ({table})")
    await copy(0)
    return await timed(copy, len(packed))


async def timed(work: Callable[[int], Awaitable[None]], count: int) -> float:
    """Seconds that the pieces after the first take together."""
    began = perf_counter()
    for number in range(1, count):
        await work(number)
    return perf_counter() - began


async def charts(database: Database, scale: float) -> list[Figure]:
    """Roll-up speed, and the time of a day's chart out of 50 stations' days; one tick a minute."""
    stations = range(1, 51)
    layout = await make_layout(database)
    for hour in range(24):
        times = [NOW - timedelta(hours=hour + 1) + timedelta(minutes=n) for n in range(60)]
        ticks = [Tick(t.station_no, 1, layout, t.ts, t.values) for t in make_ticks(stations, times)]
        async with database.transaction() as tx:
            await record_ticks(tx, ticks, now=NOW)
    began = perf_counter()
    buckets = await roll_up(database, NOW + timedelta(minutes=1))
    rolled_s = perf_counter() - began
    async with database.transaction() as tx:
        await tx.run("analyze telemetry_rollup")
        await tx.run("analyze telemetry_tick")
    rates = Figure(
        "Roll-up, buckets of 15 minutes",
        buckets / rolled_s,
        "/s",
        note=f"15 ticks of {SLOTS} samples each; {buckets / rolled_s * 900:,.0f} EVSEs could report each minute",
    )
    return [rates, *await chart_times(database, stations, int(200 * scale))]


async def make_layout(database: Database) -> int:
    """A layout whose slots are `value-1` and so on; its number."""
    async with database.transaction() as tx:
        layout: int = await tx.value(
            "insert into profile (id, key, name, created_at) values (gen_random_uuid(), 'b', 'B', now())"
            " returning layout_no"
        )
        await tx.run(
            "insert into slot (layout_no, slot, parameter, created_at)"
            " select :layout, n, 'value-' || n, now() from generate_series(1, :slots) n",
            layout=layout,
            slots=SLOTS,
        )
    return layout


async def chart_times(database: Database, stations: range, rounds: int) -> list[Figure]:
    """p50 and p99 of `series` for 24 hours in 500 points, beside reading the day's numbers straight from the ticks."""

    async def chart() -> None:
        asked = SeriesAsked(("value-3",), NOW - timedelta(hours=24), NOW)
        async with database.transaction() as tx:
            [one] = await series(tx, random.choice(stations), asked, now=NOW, ticks_kept_days=400)
        assert 450 <= len(one.bins) <= 500
        assert all(earlier.at < later.at for earlier, later in pairwise(one.bins))

    async def plain() -> None:
        async with database.transaction() as tx:
            rows = await tx.rows(
                "select ts, vals[3] from telemetry_tick where station_no = :n and ts >= :since order by ts",
                n=random.choice(stations),
                since=NOW - timedelta(hours=24),
            )
        assert len(rows) >= 1439

    charted, read = await many_ms(chart, rounds), await many_ms(plain, rounds)
    note = f"{rounds} charts of random stations, 1,440 ticks a day, from one-minute rows"
    reference = "1,440 values straight from ticks"
    return [
        Figure(f"24 h of one series to 500 points, {name}", mine, "ms", reference, other, of(mine, other), note, "≤ 20")
        for name, mine, other in (("p50", charted[0], read[0]), ("p99", charted[1], read[1]))
    ]


async def many_ms(work: Callable[[], Awaitable[None]], rounds: int) -> tuple[float, float]:
    """Median and 99th percentile in milliseconds, after ten rounds to warm up."""
    for _ in range(10):
        await work()
    took: list[float] = []
    for _ in range(rounds):
        began = perf_counter()
        await work()
        took.append(1000 * (perf_counter() - began))
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.99)]
