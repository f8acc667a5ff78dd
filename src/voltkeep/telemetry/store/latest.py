"""Keeps and reads the newest value of each slot and of each state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.telemetry.model import Latest
from voltkeep.telemetry.store.literals import Float8s, Float8sDumper, listed, quoted, quoted_instants

# The usual case: the same slots come with newer times, and the new arrays replace the old.
REPLACE = """
on conflict (station_no, evse, layout_no) do update
set vals = excluded.vals, times = excluded.times, oldest_at = excluded.oldest_at, newest_at = excluded.newest_at
where excluded.slots = l.slots and excluded.oldest_at >= l.newest_at
"""

# Any case: slot by slot, the newer time wins. Merging what was merged already changes nothing.
MERGE = """
on conflict (station_no, evse, layout_no) do update set (slots, vals, times, oldest_at, newest_at) =
  (select array_agg(slot order by slot), array_agg(v order by slot), array_agg(t order by slot), min(t), max(t)
   from (select distinct on (slot) slot, v, t
         from (select *, false from unnest(l.slots, l.vals, l.times) o(slot, v, t)
               union all
               select *, true from unnest(excluded.slots, excluded.vals, excluded.times) n(slot, v, t)
              ) both_sides(slot, v, t, fresh)
         order by slot, t desc, fresh desc) newest)
"""

INSERT = "insert into telemetry_latest as l (station_no, evse, layout_no, slots, vals, times, oldest_at, newest_at)"

# All numbers come in one long array, and all slots in another; each row cuts out its part.
OF_ONE_INSTANT = f"""{INSERT}
select station_no, evse, layout_no, (%(slots)s::smallint[])[first : last], (%(values)s)[first : last],
       array_fill(ts, array[last - first + 1]), ts, ts
from unnest(%(numbers)s::int[], %(evses)s::smallint[], %(layouts)s::int[], %(firsts)s::int[], %(lasts)s::int[],
            %(instants)s::timestamptz[])
  i(station_no, evse, layout_no, first, last, ts)
"""

OF_MANY_INSTANTS = f"""{INSERT}
select station_no, evse, layout_no, slots::smallint[], vals::double precision[], times::timestamptz[], oldest, newest
from unnest(%s::int[], %s::smallint[], %s::int[], %s::text[], %s::text[], %s::text[],
            %s::timestamptz[], %s::timestamptz[])
  i(station_no, evse, layout_no, slots, vals, times, oldest, newest)
"""


async def save_latest(tx: Tx, newest: Sequence[Latest]) -> None:
    """Keep the newest value of each slot; older ones change nothing."""
    even = [item for item in newest if item.ts is not None]
    uneven = [item for item in newest if item.ts is None]
    if even:
        await _save(tx, OF_ONE_INSTANT, _even_columns(even), len(even))
    if uneven:
        columns = [quoted(map(str, column)) for column in zip(*map(_uneven_row, uneven), strict=True)]
        await _save(tx, OF_MANY_INSTANTS, columns, len(uneven))


async def _save(tx: Tx, insert: str, columns: dict[str, Any] | list[str], rows: int) -> None:
    raw = await tx.raw()
    async with raw.cursor() as cursor:
        cursor.adapters.register_dumper(Float8s, Float8sDumper)
        await cursor.execute(insert + REPLACE, columns)
        if cursor.rowcount < rows:
            await cursor.execute(insert + MERGE, columns)


@lru_cache(maxsize=4096)
def _order(slots: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    ordered = tuple(sorted(slots))
    return ordered, ",".join(map(str, ordered))


def _even_columns(newest: Sequence[Latest]) -> dict[str, Any]:
    values: list[float] = []
    slots: list[str] = []
    lasts: list[int] = []
    for item in newest:
        present = tuple(item.values)
        ordered, listing = _order(present)
        values += item.values.values() if ordered == present else [item.values[slot] for slot in ordered]
        slots.append(listing)
        lasts.append(len(values))
    return {
        "numbers": listed([item.station_no for item in newest]),
        "evses": listed([item.evse for item in newest]),
        "layouts": listed([item.layout_no for item in newest]),
        "instants": quoted_instants([item.ts for item in newest if item.ts is not None]),
        "slots": listed(slots),
        "values": Float8s(values),
        "firsts": listed([1, *(last + 1 for last in lasts[:-1])]),
        "lasts": listed(lasts),
    }


def _uneven_row(item: Latest) -> tuple[object, ...]:
    ordered, listing = _order(tuple(item.values))
    times = [item.times[slot] for slot in ordered]
    values = [float(item.values[slot]) for slot in ordered]
    keys = (item.station_no, item.evse, item.layout_no, f"{{{listing}}}", listed(values))
    return (*keys, listed(times), min(times), max(times))


async def latest_values(tx: Tx, station_no: int) -> Sequence[Row[Any]]:
    """Rows of evse, layout_no, slot, v, at: the newest value of every slot of the station."""
    return await tx.rows(
        "select l.evse, l.layout_no, u.slot, u.v, u.at"
        " from telemetry_latest l, unnest(l.slots, l.vals, l.times) u(slot, v, at)"
        " where l.station_no = :station_no order by l.evse, l.layout_no, u.slot",
        station_no=station_no,
    )


async def latest_states(tx: Tx, station_no: int) -> Sequence[Row[Any]]:
    """Rows of evse, parameter, module, ts, value: every state the station is in."""
    return await tx.rows(
        "select evse, parameter, module, ts, value from telemetry_state_latest"
        " where station_no = :station_no order by evse, parameter, module",
        station_no=station_no,
    )
