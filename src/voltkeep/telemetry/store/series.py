"""Reads series, cut into bins by the database: from rollups where complete, from ticks where not yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.telemetry.model import Cut

WIDTHS_S = {"1-minute": 60, "15-minute": 900}

TICKS = """
  select s.slot, t.ts, t.vals[s.slot] as mean, t.vals[s.slot] as low, t.vals[s.slot] as high, t.vals[s.slot] as last,
         1::bigint as n
  from telemetry_tick t cross join unnest((:slots)::int[]) s(slot)
  where t.station_no = :station_no and t.evse = :evse and t.layout_no = :layout_no and t.ts >= :start and t.ts < :end
"""

# A bucket on the dirty list is read from its ticks, whatever its rollup says: so there is no hole at `now`.
ROLLUPS = f"""
  select s.slot, r.bucket as ts, r.means[s.slot], r.mins[s.slot], r.maxs[s.slot], r.lasts[s.slot],
         r.counts[s.slot]::bigint
  from telemetry_rollup r cross join unnest((:slots)::int[]) s(slot)
  where r.station_no = :station_no and r.evse = :evse and r.layout_no = :layout_no and r.width_s = :row_width_s
    and r.bucket > (:start)::timestamptz - make_interval(secs => :row_width_s) and r.bucket < :end
    and date_bin('15 minutes', r.bucket, 'epoch') not in (select bucket from dirty)
  union all
  select t.* from dirty d cross join lateral (
    {TICKS} and t.ts >= d.bucket and t.ts < d.bucket + interval '15 minutes' offset 0
  ) t
"""

DIRTY = """dirty as materialized (
  select bucket from telemetry_dirty where station_no = :station_no and evse = :evse
    and bucket > (:start)::timestamptz - interval '15 minutes' and bucket < :end
)"""

BINNED = """
select slot, date_bin(make_interval(secs => :width_s), ts, 'epoch') as at,
       telemetry_mean(sum(mean * n), sum(n)::bigint) as mean,
       min(low) as low, max(high) as high, (array_agg(last order by ts desc))[1] as last, sum(n) as n
from part where mean is not null group by 1, 2
"""

FROM_TICKS = f"with part(slot, ts, mean, low, high, last, n) as ({TICKS}) {BINNED} order by 1, 2"
FROM_ROLLUPS = f"with {DIRTY}, part(slot, ts, mean, low, high, last, n) as ({ROLLUPS}) {BINNED} order by 1, 2"

# A register that stepped back was reset or exchanged: what it shows since then counts from zero.
BY_DAY = f"""
with {DIRTY}, part(slot, ts, mean, low, high, last, n) as ({ROLLUPS}), quarter as ({BINNED}),
step as (
  select q.*, coalesce(lag(last) over (partition by slot order by at), (
    select r.lasts[q.slot] from telemetry_rollup r
    where r.station_no = :station_no and r.evse = :evse and r.layout_no = :layout_no and r.width_s = 900
      and r.bucket < :start and r.lasts[q.slot] is not null
    order by r.bucket desc limit 1
  ), low) as before
  from quarter q
)
select slot, (at at time zone :zone)::date as day, telemetry_mean(sum(mean * n), sum(n)::bigint) as mean,
       min(low) as low, max(high) as high, (array_agg(last order by at desc))[1] as last,
       sum(n) as n, sum(mean * n) as total,
       sum(case when last >= before then last - before else last end) as increase
from step group by 1, 2 order by 1, 2
"""


async def layouts_of(tx: Tx, station_no: int, evse: int | None) -> Sequence[Row[Any]]:
    """Rows of evse, layout_no: every layout the station ever reported in."""
    return await tx.rows(
        "select evse, layout_no from telemetry_latest where station_no = :station_no"
        " and (cast(:evse as int) is null or evse = :evse) order by 1, 2",
        station_no=station_no,
        evse=evse,
    )


async def read_bins(
    tx: Tx, station_no: int, evse: int, layout_no: int, slots: Sequence[int], cut: Cut
) -> Sequence[Row[Any]]:
    """Rows of slot, at, mean, low, high, last, n: the bins that hold a sample, by slot and time."""
    place = {"station_no": station_no, "evse": evse, "layout_no": layout_no, "slots": list(slots)}
    times = {"start": cut.start, "end": cut.end, "width_s": cut.width_s}
    if cut.source == "ticks":
        return await tx.rows(FROM_TICKS, **place, **times)
    return await tx.rows(FROM_ROLLUPS, **place, **times, row_width_s=WIDTHS_S[cut.source])


async def read_days(
    tx: Tx, station_no: int, evse: int, layout_no: int, slot: int, first: date, last: date, zone: str
) -> Sequence[Row[Any]]:
    """Rows of day, mean, low, high, last, n, total, increase for the local days from first to last."""
    bounds = await tx.one(
        "select (:first)::date::timestamp at time zone :zone as start,"
        " (:after)::date::timestamp at time zone :zone as end",
        first=first,
        after=last + timedelta(days=1),
        zone=zone,
    )
    start: datetime = bounds.start
    place = {"station_no": station_no, "evse": evse, "layout_no": layout_no, "slots": [slot]}
    return await tx.rows(BY_DAY, **place, start=start, end=bounds.end, width_s=900, row_width_s=900, zone=zone)
