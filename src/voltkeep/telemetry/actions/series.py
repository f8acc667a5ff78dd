"""Series of one station, cut into at most the points asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.profiles.actions.slots import slots_of
from voltkeep.profiles.model import Slot
from voltkeep.telemetry.model import EPOCH, MOST_POINTS, Bin, Series, SeriesAsked, choose_cut, with_gaps
from voltkeep.telemetry.store.series import layouts_of, read_bins

MOST_SERIES = 64
LONGEST = timedelta(days=3660)


async def series(tx: Tx, station_no: int, asked: SeriesAsked, *, now: datetime, ticks_kept_days: int) -> list[Series]:
    """One series for each EVSE, parameter, module and phase that was ever reported; without samples its bins are empty.

    Raises Invalid for a range or a number of points out of bounds, and when more than 64 series would come.
    """
    _refuse_nonsense(asked)
    ticks_since = now - timedelta(days=ticks_kept_days)
    cut = choose_cut(asked.start, asked.end, asked.points, ticks_since=ticks_since)
    found: dict[tuple[int, str, str, str], Series] = {}
    for place in await layouts_of(tx, station_no, asked.evse):
        slots = {slot.slot: slot for slot in _wanted(await slots_of(tx, place.layout_no), asked)}
        if len(found) + len(slots) > MOST_SERIES:
            raise Invalid(f"More than {MOST_SERIES} series: ask for fewer parameters, or one EVSE", field="parameter")
        for slot in slots.values():
            key = (place.evse, *slot.place)
            found.setdefault(key, Series(*slot.place, place.evse, slot.unit, cut, []))
        if slots:
            for row in await read_bins(tx, station_no, place.evse, place.layout_no, list(slots), cut):
                key = (place.evse, *slots[row.slot].place)
                found[key].bins.append(Bin(row.at, row.mean, row.low, row.high, row.last))
    for one in found.values():
        one.bins[:] = with_gaps(_each_once(one.bins), cut.width_s)
    return [found[key] for key in sorted(found)]


def _refuse_nonsense(asked: SeriesAsked) -> None:
    if not timedelta(0) < asked.end - asked.start <= LONGEST:
        raise Invalid("The range must end after it begins and span at most ten years", field="to")
    if asked.start < EPOCH:
        raise Invalid("The range must begin in 1970 or later", field="from")
    if not 2 <= asked.points <= MOST_POINTS:
        raise Invalid(f"Ask for 2 to {MOST_POINTS} points", field="points")


def _wanted(slots: Iterable[Slot], asked: SeriesAsked) -> list[Slot]:
    return [
        slot
        for slot in slots
        if slot.parameter in asked.parameters
        and asked.phase in (None, slot.phase)
        and asked.module in (None, slot.module)
    ]


def _each_once(bins: list[Bin]) -> list[Bin]:
    """After a change of profile two layouts may meet in one bin: the newer layout's counts."""
    return [by_at for _, by_at in sorted({one.at: one for one in bins}.items())]
