"""Writes ticks and the list of buckets to roll up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation

from voltkeep.kit.db import Tx
from voltkeep.telemetry.model import Tick
from voltkeep.telemetry.store.literals import by_slot, listed, quoted, quoted_instants
from voltkeep.telemetry.store.packing import COLUMNS, copy_of

COPY_FROM = 32  # ticks from which COPY is quicker than one insert, even though a repeat makes it start over

COPY_TICKS = f"copy telemetry_tick ({COLUMNS}) from stdin (format binary)"

MERGE_TICKS = """
insert into telemetry_tick (station_no, evse, layout_no, ts, vals)
select station_no, evse, layout_no, ts, vals::double precision[]
from unnest(%s::int[], %s::smallint[], %s::int[], %s::timestamptz[], %s::text[])
  i(station_no, evse, layout_no, ts, vals)
on conflict (station_no, evse, ts, layout_no) do update
set vals = telemetry_merge(telemetry_tick.vals, excluded.vals)
where telemetry_tick.vals is distinct from telemetry_merge(telemetry_tick.vals, excluded.vals)
"""

MARK_OPEN = """
insert into telemetry_dirty (station_no, evse, bucket, marked_at)
select station_no, evse, bucket, %s
from unnest(%s::int[], %s::smallint[], %s::timestamptz[]) i(station_no, evse, bucket)
on conflict do nothing
"""

# The roll-up may be at work on a closed bucket: locking the mark makes it outlive a roll-up that can't see our tick.
MARK_CLOSED = MARK_OPEN.replace(
    "on conflict do nothing", "on conflict (station_no, evse, bucket) do update set marked_at = excluded.marked_at"
)


async def save_ticks(tx: Tx, ticks: Sequence[Tick]) -> None:
    """Store ticks (each key once); what is there already is merged slot by slot, an exact repeat writes nothing."""
    raw = await tx.raw()
    if len(ticks) >= COPY_FROM:
        try:
            async with raw.transaction(), raw.cursor().copy(COPY_TICKS) as copy:
                for piece in copy_of(ticks):
                    await copy.write(piece)
        except UniqueViolation:
            await _merge(raw, ticks)
    else:
        await _merge(raw, ticks)


async def _merge(raw: AsyncConnection[Any], ticks: Sequence[Tick]) -> None:
    rows = [(t.station_no, t.evse, t.layout_no, t.ts, by_slot(t.values)) for t in ticks]
    numbers, evses, layouts, instants, values = zip(*rows, strict=True)
    keys = [listed(numbers), listed(evses), listed(layouts)]
    await raw.execute(MERGE_TICKS, [*keys, quoted_instants(instants), quoted(values)])


async def mark_dirty(
    tx: Tx, buckets: Sequence[tuple[int, int, datetime]], *, open_from: datetime, now: datetime
) -> None:
    """Note which 15 minutes must be rolled up; those that began before `open_from` are taken to be closed."""
    raw = await tx.raw()
    still_open = [bucket for bucket in buckets if bucket[2] >= open_from]
    closed = [bucket for bucket in buckets if bucket[2] < open_from]
    for statement, marked in ((MARK_OPEN, still_open), (MARK_CLOSED, closed)):
        if marked:
            numbers, evses, starts = zip(*marked, strict=True)
            await raw.execute(statement, [now, listed(numbers), listed(evses), quoted_instants(starts)])
