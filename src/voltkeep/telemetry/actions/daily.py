"""Local days of one series, built from its fifteen-minute rows."""

from __future__ import annotations

from datetime import date

from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.profiles.actions.slots import slots_of
from voltkeep.telemetry.model import DayValue
from voltkeep.telemetry.store.series import layouts_of, read_days

MOST_DAYS = 400


async def daily(
    tx: Tx, station_no: int, *, parameter: str, evse: int, first: date, last: date, zone: str, phase: str = ""
) -> list[DayValue]:
    """The days from `first` to `last`, both included, of an IANA zone; days without samples are left out.

    A day of a clock change has 23 or 25 hours. Raises Invalid for more than 400 days.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Invalid(f"Ask for 1 to {MOST_DAYS} days", field="to")
    found: dict[date, DayValue] = {}
    for place in await layouts_of(tx, station_no, evse):
        wanted = (parameter, "", phase)
        for slot in [slot.slot for slot in await slots_of(tx, place.layout_no) if slot.place == wanted]:
            for r in await read_days(tx, station_no, evse, place.layout_no, slot, first, last, zone):
                figures = (r.mean, r.low, r.high, r.last, r.increase, r.total, int(r.n))
                found[r.day] = DayValue(r.day, *figures)
    return [found[day] for day in sorted(found)]
