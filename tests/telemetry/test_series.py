"""Series: bounded, from the right rows, without a hole at now; days by local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltkeep.kit.db import Database, Tx
from voltkeep.kit.errors import Invalid
from voltkeep.telemetry.actions.daily import daily
from voltkeep.telemetry.actions.latest import latest
from voltkeep.telemetry.actions.record_states import record_states
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.actions.roll_up import roll_up
from voltkeep.telemetry.actions.series import series
from voltkeep.telemetry.model import Bin, Series, SeriesAsked, StateChange, Tick, choose_cut, with_gaps

NOW = datetime(2026, 3, 14, 12, 7, 30, tzinfo=UTC)
POWER, ENERGY = "power-active-import", "energy-active-import-register"


async def make_slots(database: Database) -> int:
    """A layout with power in slot 1, the energy register in 2 and currents by phase in 3 and 4; its number."""
    async with database.transaction() as tx:
        layout: int = await tx.value(
            "insert into profile (id, key, name, created_at) values (gen_random_uuid(), 'made', 'Made', now())"
            " returning layout_no"
        )
        for slot, parameter, phase, unit in (
            (1, POWER, "", "W"),
            (2, ENERGY, "", "Wh"),
            (3, "current-import", "L1", "A"),
            (4, "current-import", "L2", "A"),
        ):
            await tx.run(
                "insert into slot (layout_no, slot, parameter, phase, unit, created_at)"
                " values (:layout, :slot, :parameter, :phase, :unit, now())",
                layout=layout,
                slot=slot,
                parameter=parameter,
                phase=phase,
                unit=unit,
            )
    return layout


async def record(database: Database, ticks: list[Tick], now: datetime = NOW) -> None:
    async with database.transaction() as tx:
        await record_ticks(tx, ticks, now=now)


async def ask(tx: Tx, *parameters: str, hours: float = 24, points: int = 500, evse: int | None = None) -> list[Series]:
    asked = SeriesAsked(parameters, NOW - timedelta(hours=hours), NOW, points=points, evse=evse)
    return await series(tx, 7, asked, now=NOW, ticks_kept_days=400)


def values(one: Series) -> list[float]:
    return [b.mean for b in one.bins if b.mean is not None]


async def test_a_day_is_read_from_minutes_and_its_newest_part_from_ticks(database: Database) -> None:
    layout = await make_slots(database)
    ticks = [Tick(7, 1, layout, NOW - timedelta(minutes=n), {1: float(n), 2: 1e6 - n}) for n in range(1440)]
    await record(database, ticks)
    await roll_up(database, NOW)
    async with database.transaction() as tx:
        await tx.run("delete from telemetry_tick where ts < :then", then=NOW - timedelta(minutes=30))
        power, energy = sorted(await ask(tx, POWER, ENERGY), key=lambda one: one.parameter, reverse=True)
    assert (power.cut.source, power.cut.width_s, power.unit) == ("1-minute", 180, "W")
    assert 480 <= len(power.bins) <= 500
    assert power.bins[-1].last == 1.0, "the newest tick before the end is missing"
    assert all(b.high - b.low == 2 for b in power.bins[1:-1] if b.high is not None and b.low is not None)
    assert [b.last for b in energy.bins] == sorted(b.last for b in energy.bins if b.last is not None)
    assert (energy.is_register, power.is_register) == (True, False)


async def test_nothing_is_missing_or_doubled_whether_rolled_up_or_not(database: Database) -> None:
    layout = await make_slots(database)
    ticks = [Tick(7, 1, layout, NOW - timedelta(seconds=20 * n), {1: float(n % 17)}) for n in range(1, 2000)]
    await record(database, ticks)
    seen = []
    for limit in (0, 7, 20, 20_000):
        await roll_up(database, NOW, limit=limit)
        async with database.transaction() as tx:
            seen.append([(b.at, b.low, b.high, b.last, round(b.mean or 0, 9)) for b in (await ask(tx, POWER))[0].bins])
    assert seen[0] == seen[1] == seen[2] == seen[3]


async def test_a_late_tick_shows_at_once(database: Database) -> None:
    layout = await make_slots(database)
    await record(database, [Tick(7, 1, layout, NOW - timedelta(hours=3), {1: 5.0})])
    await roll_up(database, NOW)
    await record(database, [Tick(7, 1, layout, NOW - timedelta(hours=3, minutes=-1), {1: 7.0})])
    async with database.transaction() as tx:
        assert sorted(values((await ask(tx, POWER, hours=12, points=100))[0])) in ([6.0], [5.0, 7.0])


async def test_series_by_evse_and_phase(database: Database) -> None:
    layout = await make_slots(database)
    at = NOW - timedelta(minutes=1)
    await record(database, [Tick(7, evse, layout, at, {3: evse + 0.1, 4: evse + 0.2}) for evse in (1, 2)])
    async with database.transaction() as tx:
        every = await ask(tx, "current-import", hours=1)
        asked = SeriesAsked(("current-import",), NOW - timedelta(hours=1), NOW, evse=2, phase="L2")
        one = await series(tx, 7, asked, now=NOW, ticks_kept_days=400)
        others = await series(tx, 8, asked, now=NOW, ticks_kept_days=400)
    assert [(s.evse, s.phase, values(s)) for s in every] == [
        (1, "L1", [1.1]),
        (1, "L2", [1.2]),
        (2, "L1", [2.1]),
        (2, "L2", [2.2]),
    ]
    assert [(s.evse, s.phase, values(s)) for s in one] == [(2, "L2", [2.2])]
    assert others == []


@pytest.mark.parametrize(("hours", "points"), [(0, 10), (-1, 10), (24 * 4000, 10), (1, 1), (1, 5001)])
async def test_nonsense_is_refused(database: Database, hours: float, points: int) -> None:
    async with database.transaction() as tx:
        with pytest.raises(Invalid):
            await ask(tx, POWER, hours=hours, points=points)


@given(
    st.floats(1.6e9, 1.9e9).map(lambda unix_s: datetime.fromtimestamp(unix_s, UTC)),
    st.floats(1, 3e8),
    st.integers(2, 5000),
)
def test_a_cut_never_gives_more_bins_than_points(start: datetime, span_s: float, points: int) -> None:
    end = start + timedelta(seconds=span_s)
    cut = choose_cut(start, end, points, ticks_since=datetime(2024, 1, 1, tzinfo=UTC))
    first = int(start.timestamp()) // cut.width_s
    assert (end - timedelta(microseconds=1)).timestamp() // cut.width_s - first + 1 <= points
    assert cut.width_s % {"ticks": 1, "1-minute": 60, "15-minute": 900}[cut.source] == 0
    assert cut.source != "ticks" or start >= datetime(2024, 1, 1, tzinfo=UTC)


def test_a_silence_becomes_one_empty_bin() -> None:
    bins = [Bin(NOW + timedelta(minutes=n), 1.0, 1.0, 1.0, 1.0) for n in (0, 1, 2, 3, 60, 61)]
    filled = with_gaps(bins, 10)
    assert [b.mean for b in filled] == [1.0, 1.0, 1.0, 1.0, None, 1.0, 1.0]
    assert filled[4].at == NOW + timedelta(minutes=3, seconds=10)


async def test_latest_has_numbers_and_states(database: Database) -> None:
    layout = await make_slots(database)
    await record(database, [Tick(7, 1, layout, NOW, {1: 7200.0})])
    async with database.transaction() as tx:
        await record_states(tx, [StateChange(7, 1, "lock", "", NOW, "locked")], now=NOW)
        found = await latest(tx, 7)
        assert await latest(tx, 8) == []
    assert [(v.parameter, v.evse, v.unit, v.value, v.text, v.at) for v in found] == [
        (POWER, 1, "W", 7200.0, None, NOW),
        ("lock", 1, "", None, "locked", NOW),
    ]


@pytest.mark.parametrize(("month", "hours"), [(3, 23), (10, 25), (6, 24)])
async def test_local_days_of_a_clock_change_add_up(database: Database, month: int, hours: int) -> None:
    zone = ZoneInfo("Europe/Kyiv")
    day = {3: date(2026, 3, 29), 10: date(2026, 10, 25), 6: date(2026, 6, 10)}[month]
    start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    layout = await make_slots(database)
    quarters = range(-96, 96 * 2)
    ticks = [
        Tick(7, 1, layout, start + timedelta(minutes=15 * n + 14), {1: 1000.0, 2: 10_000_000 + 250.0 * n})
        for n in quarters
    ]
    now = start + timedelta(days=3)
    await record(database, ticks, now)
    await roll_up(database, now, limit=100)
    async with database.transaction() as tx:
        span = {"evse": 1, "first": day, "last": day, "zone": "Europe/Kyiv"}
        [energy] = await daily(tx, 7, parameter=ENERGY, **span)
        [power] = await daily(tx, 7, parameter=POWER, **span)
    assert (energy.day, energy.samples, energy.increase) == (day, hours * 4, hours * 1000.0)
    assert (power.mean, power.samples) == (1000.0, hours * 4)


async def test_a_register_that_was_exchanged_counts_on_from_zero(database: Database) -> None:
    layout = await make_slots(database)
    readings = [(9, 500.0), (8, 900.0), (7, 100.0), (6, 350.0)]
    await record(database, [Tick(7, 1, layout, NOW - timedelta(hours=h), {2: wh}) for h, wh in readings])
    async with database.transaction() as tx:
        [day] = await daily(tx, 7, parameter=ENERGY, evse=1, first=NOW.date(), last=NOW.date(), zone="UTC")
    assert (day.increase, day.last) == (400 + 100 + 250, 350.0)
