"""A series: which rows it is read from, how it is cut into points, and where its gaps are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Literal

from voltkeep.telemetry.model.readings import EPOCH

MOST_POINTS = 5_000
WIDTHS_S = {"ticks": 1, "1-minute": 60, "15-minute": 900}

Source = Literal["ticks", "1-minute", "15-minute"]


@dataclass(frozen=True, slots=True)
class SeriesAsked:
    """Which series of a station: by parameter; of one EVSE, module or phase, or of each where None."""

    parameters: tuple[str, ...]
    start: datetime
    end: datetime
    points: int = 500
    evse: int | None = None
    phase: str | None = None
    module: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Bins of `width_s` seconds, counted from 1970, that cover [start, end) at most `points` times."""

    source: Source
    width_s: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Bin:
    """What was measured in one bin, `at` being its start; None in a gap."""

    at: datetime
    mean: float | None
    low: float | None
    high: float | None
    last: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Bins in order of time. `unit` as stored (Wh, W, A, V, Celsius, Percent)."""

    parameter: str
    module: str
    phase: str
    evse: int
    unit: str
    cut: Cut
    bins: list[Bin]

    @property
    def is_register(self) -> bool:
        """Whether the values only count up, so that the last of a bin tells more than its mean."""
        return is_register(self.parameter)


@dataclass(frozen=True, slots=True)
class LatestValue:
    """The newest reading of a parameter: a number, or the text of a state."""

    parameter: str
    module: str
    phase: str
    evse: int
    unit: str
    value: float | None
    text: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class DayValue:
    """One local day. `increase`: how far a register went up; `total`: the samples' sum, for interval readings."""

    day: date
    mean: float
    low: float
    high: float
    last: float
    increase: float
    total: float
    samples: int


def is_register(parameter: str) -> bool:
    """Whether a parameter is a meter's register (OCPP measurands `Energy.*.Register`)."""
    return parameter.startswith("energy-") and "register" in parameter.split("-")


def choose_cut(start: datetime, end: datetime, points: int, *, ticks_since: datetime) -> Cut:
    """The finest source that the points can show; ticks only where they are still kept (`ticks_since`)."""
    span_s = (end - start).total_seconds()
    sources: tuple[Source, ...] = ("15-minute", "1-minute", "ticks")
    source = next(name for name in sources if name == "ticks" or span_s / points >= WIDTHS_S[name])
    if source == "ticks" and start < ticks_since:
        source = "1-minute"
    step = WIDTHS_S[source]
    width_s = max(step, ceil(span_s / points / step) * step)
    while _bins(start, end, width_s) > points:
        width_s += step
    return Cut(source, width_s, start, end)


def _bins(start: datetime, end: datetime, width_s: int) -> int:
    width = timedelta(seconds=width_s)
    first = start - (start - EPOCH) % width
    return ceil((end - first) / width)


def with_gaps(bins: Sequence[Bin], width_s: int) -> list[Bin]:
    """The bins, with an empty one where readings stopped for much longer than they usually come.

    Each stands in a bin that was empty, so there are never more than the cut allows.
    """
    steps = [(later.at - earlier.at).total_seconds() for earlier, later in pairwise(bins)]
    if not steps:
        return list(bins)
    longest_s = max(2.5 * width_s, 3 * median(steps))
    filled = [bins[0]]
    for step_s, one in zip(steps, bins[1:], strict=True):
        if step_s > longest_s:
            filled.append(Bin(filled[-1].at + timedelta(seconds=width_s), None, None, None, None))
        filled.append(one)
    return filled
