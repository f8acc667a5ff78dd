"""Recomputes one-minute and fifteen-minute rows from the ticks of marked buckets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from voltkeep.kit.db import Tx

# Marks of one UTC day at a time, so that the statement below touches one partition of ticks.
TAKE = """
with first as (select date_trunc('day', min(bucket)) as day from telemetry_dirty where bucket < :due)
select d.station_no, d.evse, d.bucket from telemetry_dirty d, first
where d.bucket >= first.day and d.bucket < least(first.day + interval '1 day', :due)
order by d.bucket, d.station_no, d.evse limit :most for update of d skip locked
"""

TAKEN = """taken as (
  select * from unnest((:numbers)::int[], (:evses)::smallint[], (:buckets)::timestamptz[]) i(station_no, evse, bucket)
)"""

# `lasts`: the newest value of the slot, not of the newest tick, which may lack the slot.
COMPUTE = f"""
with {TAKEN}, minute as (
  select k.station_no, k.evse, t.layout_no, k.bucket as quarter, date_trunc('minute', t.ts) as bucket, u.slot,
         avg(u.v) as mean, min(u.v) as low, max(u.v) as high,
         (array_agg(u.v order by t.ts desc) filter (where u.v is not null))[1] as last, count(u.v)::int as n
  from taken k
  cross join lateral (
    select layout_no, ts, vals from telemetry_tick t
    where t.station_no = k.station_no and t.evse = k.evse
      and t.ts >= k.bucket and t.ts < k.bucket + interval '15 minutes' and t.ts >= :low and t.ts < :high
    offset 0
  ) t
  cross join lateral unnest(t.vals) with ordinality u(v, slot)
  group by 1, 2, 3, 4, 5, 6
), both_widths as (
  select station_no, evse, layout_no, 60 as width_s, bucket, slot, mean, low, high, last, n from minute
  union all
  select station_no, evse, layout_no, 900, quarter, slot, telemetry_mean(sum(mean * n), sum(n)), min(low), max(high),
         (array_agg(last order by bucket desc) filter (where last is not null))[1], sum(n)::int
  from minute group by 1, 2, 3, 5, 6
)
insert into telemetry_rollup as r (station_no, evse, layout_no, width_s, bucket, means, mins, maxs, lasts, counts)
select station_no, evse, layout_no, width_s, bucket, array_agg(mean order by slot), array_agg(low order by slot),
       array_agg(high order by slot), array_agg(last order by slot), array_agg(n order by slot)
from both_widths group by 1, 2, 3, 4, 5
on conflict (station_no, evse, width_s, bucket, layout_no) do update
set means = excluded.means, mins = excluded.mins, maxs = excluded.maxs, lasts = excluded.lasts, counts = excluded.counts
where (r.means, r.mins, r.maxs, r.lasts, r.counts) is distinct from
      (excluded.means, excluded.mins, excluded.maxs, excluded.lasts, excluded.counts)
"""

FORGET = f"""
with {TAKEN}
delete from telemetry_dirty d using taken k
where d.station_no = k.station_no and d.evse = k.evse and d.bucket = k.bucket
"""


async def take_marks(tx: Tx, *, due: datetime, most: int) -> Sequence[Row[Any]]:
    """Up to `most` marked buckets that began before `due`, all of one UTC day, the oldest first; locked."""
    return await tx.rows(TAKE, due=due, most=most)


async def recompute(tx: Tx, marks: Sequence[Row[Any]], low: datetime, high: datetime) -> None:
    """Write the rows of the marked buckets, which lie between the instants.

    Runs after the marks are locked, in a statement of its own: it then sees every tick that was committed with them.
    """
    await tx.run(COMPUTE, **_columns(marks), low=low, high=high)


async def forget_marks(tx: Tx, marks: Sequence[Row[Any]]) -> None:
    """Take buckets off the dirty list."""
    await tx.run(FORGET, **_columns(marks))


def _columns(marks: Sequence[Row[Any]]) -> dict[str, list[Any]]:
    return {
        "numbers": [mark.station_no for mark in marks],
        "evses": [mark.evse for mark in marks],
        "buckets": [mark.bucket for mark in marks],
    }
