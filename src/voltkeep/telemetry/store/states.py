"""Writes state changes: a value that equals the one before it is no change."""

from __future__ import annotations

from collections.abc import Sequence

from voltkeep.kit.db import Tx
from voltkeep.telemetry.model import StateChange

INCOMING = """incoming as (
  select * from unnest((:numbers)::int[], (:evses)::smallint[], (:parameters)::text[], (:modules)::text[],
                       (:instants)::timestamptz[], (:values)::text[])
    i(station_no, evse, parameter, module, ts, value)
)"""

# What holds now takes part: a late change must not seem to last beyond the newest repeat, of which no row was kept.
SAVE_CHANGES = f"""
with {INCOMING}, known_now as (
  select distinct l.* from telemetry_state_latest l
  join incoming i using (station_no, evse, parameter, module) where i.ts < l.ts
), sequence as (
  select station_no, evse, parameter, module, ts, value from incoming
  union all
  select n.station_no, n.evse, n.parameter, n.module, n.ts, n.value from known_now n
  where not exists (select from incoming i where (i.station_no, i.evse, i.parameter, i.module, i.ts)
                                               = (n.station_no, n.evse, n.parameter, n.module, n.ts))
), placed as (
  select i.*, lag(i.ts) over w as batch_ts, lag(i.value) over w as batch_value
  from sequence i window w as (partition by i.station_no, i.evse, i.parameter, i.module order by i.ts)
), changes as (
  select p.* from placed p left join lateral (
    select s.ts, s.value from telemetry_state s
    where s.station_no = p.station_no and s.evse = p.evse and s.parameter = p.parameter and s.module = p.module
      and s.ts <= p.ts
    order by s.ts desc limit 1
  ) known on true
  where case when p.batch_ts is not null and (known.ts is null or p.batch_ts >= known.ts)
        then p.value is distinct from p.batch_value
        else known.ts is null or p.value is distinct from known.value end
)
insert into telemetry_state (station_no, evse, parameter, module, ts, value)
select station_no, evse, parameter, module, ts, value from changes order by 1, 2, 3, 4, 5
on conflict (station_no, evse, parameter, module, ts) do update set value = excluded.value
where telemetry_state.value is distinct from excluded.value
"""

SAVE_LATEST = f"""
with {INCOMING}
insert into telemetry_state_latest as l (station_no, evse, parameter, module, ts, value)
select distinct on (station_no, evse, parameter, module) * from incoming
order by station_no, evse, parameter, module, ts desc
on conflict (station_no, evse, parameter, module) do update set ts = excluded.ts, value = excluded.value
where l.ts <= excluded.ts
"""

NEWS = f"""
with {INCOMING}, compared as (
  select i.*, bool_or(l.ts is null or i.ts < l.ts or i.value is distinct from l.value)
              over (partition by i.station_no, i.evse, i.parameter, i.module) as has_news
  from incoming i left join telemetry_state_latest l using (station_no, evse, parameter, module)
)
select station_no, evse, parameter, module, ts, value from compared where has_news
"""


async def news_among(tx: Tx, changes: Sequence[StateChange]) -> list[StateChange]:
    """All readings of the states of which any may have changed: the rest only repeats what holds now."""
    rows = await tx.rows(NEWS, **_columns(changes))
    return [StateChange(r.station_no, r.evse, r.parameter, r.module, r.ts, r.value) for r in rows]


async def save_changes(tx: Tx, changes: Sequence[StateChange]) -> None:
    """Store those that differ from the value before them, wherever in time they belong."""
    await tx.run(SAVE_CHANGES, **_columns(changes))


async def save_states(tx: Tx, readings: Sequence[StateChange]) -> None:
    """Keep what holds now, and since when it was last heard; older readings change nothing."""
    await tx.run(SAVE_LATEST, **_columns(readings))


def _columns(changes: Sequence[StateChange]) -> dict[str, list[object]]:
    return {
        "numbers": [c.station_no for c in changes],
        "evses": [c.evse for c in changes],
        "parameters": [c.parameter for c in changes],
        "modules": [c.module for c in changes],
        "instants": [c.ts for c in changes],
        "values": [c.value for c in changes],
    }
