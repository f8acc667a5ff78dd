"""Stores text, enum and boolean readings, as changes only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from voltkeep.kit.db import Tx
from voltkeep.kit.partitions import ensure_days
from voltkeep.telemetry.actions.set_aside import set_aside
from voltkeep.telemetry.model import MOST_EVSE, NEWEST, Recorded, StateChange, Stray, days_of, doubt_time
from voltkeep.telemetry.store.partitions import STATES
from voltkeep.telemetry.store.states import news_among, save_changes, save_states


async def record_states(tx: Tx, changes: Sequence[StateChange], *, now: datetime) -> Recorded:
    """Store what differs from the value before it; a late change lands in its place. Times are judged as for ticks.

    `stored` counts the readings that were believed, repeats included.
    """
    strays: list[Stray] = []
    kept: dict[tuple[int, int, str, str, datetime], StateChange] = {}
    for change in changes:
        reason = doubt_time(change.ts, now) or (None if 0 <= change.evse <= MOST_EVSE else "bad-evse")
        if reason is None:
            kept[change.station_no, change.evse, change.parameter, change.module, change.ts] = change
        else:
            strays.append(Stray(change, reason))
    if strays:
        await set_aside(tx, strays, now)
    if kept:
        await _save(tx, [kept[key] for key in sorted(kept)], now)
    return Recorded(len(kept), len(strays))


async def _save(tx: Tx, readings: list[StateChange], now: datetime) -> None:
    news = await news_among(tx, readings)
    if news:
        oldest = min(change.ts for change in news)
        span = (now + NEWEST - oldest).days + 2
        await ensure_days(tx, STATES, days_of([oldest + timedelta(days=n) for n in range(span)]))
        await save_changes(tx, news)
    await save_states(tx, readings)
