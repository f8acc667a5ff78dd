"""Live sessions with what surrounds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.sessions.model.session import Session
from voltkeep.sessions.model.zombies import CHARGING, IDLE, LOST_AFTER, PATIENCE_WHILE_PLUGGED, Surroundings
from voltkeep.sessions.store.rows import COLUMNS, SELECTED, query, to_session


async def doubtful_sessions(
    tx: Tx, now: datetime, heard_before: datetime, most: int
) -> list[tuple[Session, Surroundings]]:
    """At most `most` live sessions that may be dead, locked; those that another process looks at are left out."""
    around = "coalesce(p.online, false), p.last_message_at, t.booted_at, c.status, c.status_at, c.received_at"
    rows = await query(
        tx,
        f"""
        select {SELECTED}, {around}
          from charging_session s
          join station t on t.id = s.station_id
          left join station_presence p on p.station_id = s.station_id
          left join connector c
            on c.station_id = s.station_id and c.evse = s.evse and c.connector = coalesce(s.connector, 1)
         where s.state = 'active'
           and (p.online and c.status = any(%s) and c.received_at > s.last_heard_at
             or p.online and s.last_heard_at < %s and coalesce(c.status, '') <> all(%s)
             or p.online and s.last_heard_at < %s
             or s.last_heard_at < %s)
         order by s.last_heard_at limit %s for update of s skip locked
        """,
        [
            list(IDLE),
            heard_before,
            list(CHARGING),
            now - (now - heard_before) * PATIENCE_WHILE_PLUGGED,
            now - LOST_AFTER,
            most,
        ],
    )
    width = len(COLUMNS)
    return [(to_session(row[:width]), Surroundings(*row[width:])) for row in rows]


async def live_sessions(tx: Tx, station_ids: Sequence[UUID]) -> list[Session]:
    """The live sessions of the stations."""
    rows = await query(
        tx,
        f"select {SELECTED} from charging_session s where s.station_id = any(%s) and s.state = 'active' order by s.id",
        [list(station_ids)],
    )
    return [to_session(row) for row in rows]


async def noted(tx: Tx, session_ids: Sequence[UUID], kind: str) -> set[UUID]:
    """Those of the sessions that have a note of the kind."""
    rows = await tx.rows(
        "select distinct session_id from session_note where session_id = any(:ids) and kind = :kind",
        ids=list(session_ids),
        kind=kind,
    )
    return {row.session_id for row in rows}
