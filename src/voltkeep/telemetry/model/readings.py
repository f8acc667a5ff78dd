"""Ticks, state changes, and the rules that say which readings are believed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import isfinite

OLDEST = timedelta(days=30)
NEWEST = timedelta(minutes=5)
BUCKET = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
MOST_SLOTS = 4096
MOST_EVSE = 32_767
LARGEST = 1e30  # beyond any meter; a sum of squares of such numbers still fits into a double
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tick:
    """What one EVSE measured at one instant: finite numbers by slot (1 to 4096) of the layout's dictionary."""

    station_no: int
    evse: int
    layout_no: int
    ts: datetime
    values: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class StateChange:
    """A text, enum or boolean reading; `value` None means that the parameter became unknown."""

    station_no: int
    evse: int
    parameter: str
    module: str
    ts: datetime
    value: str | None


@dataclass(frozen=True, slots=True)
class Stray:
    """A reading that isn't believed; `reason` is too-old, in-the-future, bad-number, bad-slot or bad-evse."""

    reading: Tick | StateChange
    reason: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many readings of a batch were stored (merged ones count) and how many set aside."""

    stored: int
    quarantined: int


def doubt_time(ts: datetime, now: datetime) -> str | None:
    """Why a time isn't believed: older than 30 days, or more than 5 minutes ahead."""
    if ts < now - OLDEST:
        return "too-old"
    return "in-the-future" if ts > now + NEWEST else None


def judge_ticks(ticks: Sequence[Tick], now: datetime) -> tuple[list[Tick], list[Stray]]:
    """Split a batch into what is stored and what is set aside; a bad value leaves the rest of its tick in place."""
    oldest, newest = now - OLDEST, now + NEWEST
    kept: list[Tick] = []
    strays: list[Stray] = []
    for tick in ticks:
        if not tick.values:
            continue
        sound = oldest <= tick.ts <= newest and 0 <= tick.evse <= MOST_EVSE and _are_sound(tick.values.values())
        if sound and min(tick.values) >= 1 and max(tick.values) <= MOST_SLOTS:
            kept.append(tick)
        else:
            _judge_doubtful(tick, now, kept, strays)
    return kept, strays


def _are_sound(values: Collection[float]) -> bool:
    """Finite and not absurdly large; the sum finds a NaN, which comparisons hide."""
    return isfinite(sum(values)) and max(values) <= LARGEST and min(values) >= -LARGEST


def _judge_doubtful(tick: Tick, now: datetime, kept: list[Tick], strays: list[Stray]) -> None:
    reason = doubt_time(tick.ts, now) or (None if 0 <= tick.evse <= MOST_EVSE else "bad-evse")
    if reason is not None:
        strays.append(Stray(tick, reason))
        return
    placed = {slot: value for slot, value in tick.values.items() if 1 <= slot <= MOST_SLOTS}
    good = {slot: value for slot, value in placed.items() if abs(value) <= LARGEST}
    if good:
        kept.append(replace(tick, values=good))
    if len(good) < len(tick.values):
        bad = {slot: value for slot, value in tick.values.items() if slot not in good}
        strays.append(Stray(replace(tick, values=bad), "bad-slot" if len(placed) < len(tick.values) else "bad-number"))


def merge_ticks(ticks: Sequence[Tick]) -> list[Tick]:
    """One tick a station, EVSE, instant and layout, ordered by that key; of a doubled slot the later item wins.

    The order keeps two writers from locking the same rows crosswise.
    """
    merged: dict[tuple[int, int, datetime, int], Tick] = {}
    for tick in ticks:
        key = (tick.station_no, tick.evse, tick.ts, tick.layout_no)
        twin = merged.get(key)
        merged[key] = tick if twin is None else replace(twin, values={**twin.values, **tick.values})
    return [merged[key] for key in sorted(merged)]


def bucket_of(ts: datetime) -> datetime:
    """The start of the 15 minutes that hold the instant."""
    return ts - (ts - EPOCH) % BUCKET


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest value of each slot of one station, EVSE and layout; `ts` where all are of one instant."""

    station_no: int
    evse: int
    layout_no: int
    values: Mapping[int, float]
    ts: datetime | None
    times: Mapping[int, datetime]


def newest_of(ticks: Sequence[Tick]) -> list[Latest]:
    """The newest value a slot, over ticks ordered as `merge_ticks` gives them; in the order of their keys."""
    grouped: dict[tuple[int, int, int], list[Tick]] = {}
    for tick in ticks:
        grouped.setdefault((tick.station_no, tick.evse, tick.layout_no), []).append(tick)
    return [_newest(key, grouped[key]) for key in sorted(grouped)]


def _newest(key: tuple[int, int, int], ticks: list[Tick]) -> Latest:
    last = ticks[-1]
    if len(ticks) == 1 or all(tick.values.keys() <= last.values.keys() for tick in ticks):
        return Latest(*key, last.values, last.ts, {})
    values: dict[int, float] = {}
    times: dict[int, datetime] = {}
    for tick in ticks:
        values.update(tick.values)
        times.update(dict.fromkeys(tick.values, tick.ts))
    return Latest(*key, values, None, times)


def days_of(instants: Iterable[datetime]) -> list[date]:
    """The UTC days of the instants, each once, in order."""
    return sorted({instant.astimezone(UTC).date() for instant in instants})
