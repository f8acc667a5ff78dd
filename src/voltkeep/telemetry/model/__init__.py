"""Pure rules of telemetry: which readings are believed, and how a chart is cut into points."""

from __future__ import annotations

from voltkeep.telemetry.model.readings import (
    BUCKET,
    MOST_EVSE,
    OLDEST,
    Latest,
    Recorded,
    StateChange,
    Stray,
    Tick,
    bucket_of,
    days_of,
    doubt_time,
    judge_ticks,
    merge_ticks,
    newest_of,
)
from voltkeep.telemetry.model.series import (
    MOST_POINTS,
    Bin,
    Cut,
    DayValue,
    LatestValue,
    Series,
    SeriesAsked,
    choose_cut,
    is_register,
    with_gaps,
)

__all__ = [
    "BUCKET",
    "MOST_EVSE",
    "MOST_POINTS",
    "OLDEST",
    "Bin",
    "Cut",
    "DayValue",
    "Latest",
    "LatestValue",
    "Recorded",
    "Series",
    "SeriesAsked",
    "StateChange",
    "Stray",
    "Tick",
    "bucket_of",
    "choose_cut",
    "days_of",
    "doubt_time",
    "is_register",
    "judge_ticks",
    "merge_ticks",
    "newest_of",
    "with_gaps",
]
