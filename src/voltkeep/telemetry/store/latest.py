"""Keeps and reads the newest value of each slot and of each state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.telemetry.model import Latest
from voltkeep.telemetry.store.literals import listed, quoted

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

OF_ONE_INSTANT = f"""{INSERT}
select station_no, evse, layout_no, slots::smallint[], vals::double precision[],
       array_fill(ts, array[size]), ts, ts
from unnest(%s::int[], %s::smallint[], %s::int[], %s::text[], %s::text[], %s::int[], %s::timestamptz[])
  i(station_no, evse, layout_no, slots, vals, size, ts)
"""

OF_MANY_INSTANTS = f"""{INSERT}
select station_no, evse, layout_no, slots::smallint[], vals::double precision[], times::timestamptz[], oldest, newest
from unnest(%s::int[], %s::smallint[], %s::int[], %s::text[], %s::text[], %s::text[],
            %s::timestamptz[], %s::timestamptz[])
  i(station_no, evse, layout_no, slots, vals, times, oldest, newest)
"""


async def save_latest(tx: Tx, newest: Sequence[Latest]) -> None:
    """Keep the newest value of each slot; older ones change nothing."""
    raw = await tx.raw()
    even = [_even_row(item, item.ts) for item in newest if item.ts is not None]
    uneven = [_uneven_row(item) for item in newest if item.ts is None]
    for statement, rows in ((OF_ONE_INSTANT, even), (OF_MANY_INSTANTS, uneven)):
        if not rows:
            continue
        columns = [quoted(map(str, column)) for column in zip(*rows, strict=True)]
        replaced = await raw.execute(statement + REPLACE, columns)
        if replaced.rowcount < len(rows):
            await raw.execute(statement + MERGE, columns)


@lru_cache(maxsize=4096)
def _order(slots: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    ordered = tuple(sorted(slots))
    return ordered, listed(ordered)


def _even_row(item: Latest, ts: datetime) -> tuple[object, ...]:
    ordered, slots = _order(tuple(item.values))
    values = listed(_floats(item, ordered))
    return item.station_no, item.evse, item.layout_no, slots, values, len(ordered), ts


def _uneven_row(item: Latest) -> tuple[object, ...]:
    ordered, slots = _order(tuple(item.values))
    times = [item.times[slot] for slot in ordered]
    keys = (item.station_no, item.evse, item.layout_no, slots, listed(_floats(item, ordered)))
    return (*keys, listed(times), min(times), max(times))


def _floats(item: Latest, slots: Iterable[int]) -> list[float]:
    return [float(item.values[slot]) for slot in slots]


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
