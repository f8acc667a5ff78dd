"""Writes ticks, the newest values, and the list of buckets to roll up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id
from voltkeep.telemetry.model import Latest, StateChange, Stray, Tick
from voltkeep.telemetry.store.literals import by_slot, listed, quoted

SAVE_TICKS = """
insert into telemetry_tick (station_no, evse, layout_no, ts, vals)
select station_no, evse, layout_no, ts, vals::double precision[]
from unnest(%s::int[], %s::smallint[], %s::int[], %s::timestamptz[], %s::text[]) i(station_no, evse, layout_no, ts, vals)
on conflict (station_no, evse, ts, layout_no) do update
set vals = telemetry_merge(telemetry_tick.vals, excluded.vals)
where telemetry_tick.vals is distinct from telemetry_merge(telemetry_tick.vals, excluded.vals)
"""

SAVE_LATEST = """
insert into telemetry_latest as l (station_no, evse, layout_no, slots, vals, times, oldest_at, newest_at)
select station_no, evse, layout_no, slots::smallint[], vals::double precision[], times::timestamptz[], oldest_at, newest_at
from unnest(%s::int[], %s::smallint[], %s::int[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[])
  i(station_no, evse, layout_no, slots, vals, times, oldest_at, newest_at)
on conflict (station_no, evse, layout_no) do update set (slots, vals, times, oldest_at, newest_at) =
  (select excluded.slots, excluded.vals, excluded.times, excluded.oldest_at, excluded.newest_at
   where excluded.slots = l.slots and excluded.oldest_at >= l.newest_at
   union all
   select array_agg(slot order by slot), array_agg(v order by slot), array_agg(t order by slot), min(t), max(t)
   from (select distinct on (slot) slot, v, t
         from (select *, false from unnest(l.slots, l.vals, l.times) o(slot, v, t)
               union all select *, true from unnest(excluded.slots, excluded.vals, excluded.times) n(slot, v, t)) b(slot, v, t, fresh)
         order by slot, t desc, fresh desc) newest
   where not (excluded.slots = l.slots and excluded.oldest_at >= l.newest_at)
   having count(*) > 0)
"""

MARK_OPEN = """
insert into telemetry_dirty (station_no, evse, bucket, marked_at)
select station_no, evse, bucket, %s from unnest(%s::int[], %s::smallint[], %s::timestamptz[]) i(station_no, evse, bucket)
on conflict do nothing
"""

# A closed bucket may be under the roll-up's hands: the mark is locked, so that it outlives a roll-up that can't see our tick yet.
MARK_CLOSED = MARK_OPEN.replace(
    "on conflict do nothing", "on conflict (station_no, evse, bucket) do update set marked_at = excluded.marked_at"
)


async def save_ticks(tx: Tx, ticks: Sequence[Tick]) -> None:
    """Store ticks (each key once); what is there already is merged slot by slot, an exact repeat writes nothing."""
    raw = await tx.raw()
    rows = [(t.station_no, t.evse, t.layout_no, t.ts, by_slot(t.values)) for t in ticks]
    numbers, evses, layouts, instants, values = zip(*rows, strict=True)
    await raw.execute(
        SAVE_TICKS, [listed(numbers), listed(evses), listed(layouts), quoted(map(str, instants)), quoted(values)]
    )


async def save_latest(tx: Tx, newest: Sequence[Latest]) -> None:
    """Keep the newest value of each slot; older ones change nothing."""
    columns = zip(*(_latest_row(item) for item in newest), strict=True)
    raw = await tx.raw()
    await raw.execute(SAVE_LATEST, [quoted(map(str, column)) for column in columns])


def _latest_row(item: Latest) -> tuple[object, ...]:
    slots = sorted(item.values)
    times = [item.times[slot] for slot in slots]
    keys = (item.station_no, item.evse, item.layout_no, listed(slots))
    return (*keys, listed(item.values[slot] for slot in slots), listed(times), min(times), max(times))


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
            await raw.execute(statement, [now, listed(numbers), listed(evses), quoted(map(str, starts))])


async def quarantine(tx: Tx, strays: Sequence[Stray], now: datetime) -> None:
    """Set readings aside with the reason, to be looked at; nothing reads them back."""
    rows = [
        (new_id(), stray.reading.station_no, now, stray.reading.ts, stray.reason, _payload_of(stray))
        for stray in strays
    ]
    ids, numbers, received, instants, reasons, payloads = map(list, zip(*rows, strict=True))
    await tx.run(
        "insert into telemetry_quarantine (id, station_no, received_at, ts, reason, payload)"
        " select * from unnest((:ids)::uuid[], (:numbers)::int[], (:received)::timestamptz[], (:instants)::timestamptz[],"
        " (:reasons)::text[], (:payloads)::jsonb[])",
        ids=ids,
        numbers=numbers,
        received=received,
        instants=instants,
        reasons=reasons,
        payloads=payloads,
    )


def _payload_of(stray: Stray) -> str:
    reading = stray.reading
    if isinstance(reading, StateChange):
        body: dict[str, object] = {"parameter": reading.parameter, "module": reading.module, "value": reading.value}
    else:
        body = {
            "layout": reading.layout_no,
            "values": {str(slot): repr(value) for slot, value in reading.values.items()},
        }
    return orjson.dumps({"evse": reading.evse, **body}).decode()
