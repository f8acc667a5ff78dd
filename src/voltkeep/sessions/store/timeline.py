"""What happened in and around a session."""

from __future__ import annotations

from datetime import datetime

from voltkeep.kit.db import Tx
from voltkeep.sessions.model.session import Session
from voltkeep.sessions.model.views import Moment

MOST_MOMENTS = 500


async def notes_of(tx: Tx, session: Session) -> list[Moment]:
    """The session's notes."""
    rows = await tx.rows(
        "select at, kind, details from session_note where session_id = :id order by at, id limit :most",
        id=session.id,
        most=MOST_MOMENTS,
    )
    return [Moment(row.at, row.kind, row.details) for row in rows]


async def statuses_around(tx: Tx, session: Session, since: datetime, until: datetime) -> list[Moment]:
    """Changes of the EVSE's status, and of the station's presence, in the span."""
    rows = await tx.rows(
        """
        select at, evse, status, error_code, vendor_error_code, info from status_change
         where station_id = :station_id and at between :since and :until
           and (evse is null or evse = 0 or evse = :evse)
         order by at limit :most
        """,
        station_id=session.station_id,
        since=since,
        until=until,
        evse=session.evse,
        most=MOST_MOMENTS,
    )
    return [
        Moment(
            row.at,
            "presence" if row.evse is None else "status",
            {
                "evse": row.evse,
                "status": row.status,
                "error_code": row.error_code,
                "vendor_error_code": row.vendor_error_code,
                "info": row.info,
            },
        )
        for row in rows
    ]


async def commands_around(tx: Tx, session: Session, since: datetime, until: datetime) -> list[Moment]:
    """Commands to the station in the span that concern its EVSE or all of it, and the one that began the session."""
    rows = await tx.rows(
        """
        select id, created_at, action, state, actor_name from command
         where station_id = :station_id and not read_only
           and (created_at between :since and :until or id = :command_id)
           and (evse is null or evse = :evse or id = :command_id)
         order by created_at limit :most
        """,
        station_id=session.station_id,
        since=since,
        until=until,
        evse=session.evse,
        command_id=session.command_id,
        most=MOST_MOMENTS,
    )
    return [
        Moment(
            row.created_at,
            "command",
            {"id": str(row.id), "action": row.action, "state": row.state, "actor": row.actor_name},
        )
        for row in rows
    ]
