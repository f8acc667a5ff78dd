"""Events of what a decision moved."""

from __future__ import annotations

from datetime import datetime

from voltkeep.kit.db import Tx, publish
from voltkeep.kit.events import Event
from voltkeep.kit.units import whole_wh
from voltkeep.sessions.events import SessionCorrected, SessionEnded, SessionMetered, SessionStarted
from voltkeep.sessions.model.changes import Changes, Move
from voltkeep.sessions.model.session import Session


async def announce(tx: Tx, changes: Changes, now: datetime) -> None:
    """Publish one event for each move of each session."""
    events = [
        event_of(session, move, now) for session in changes.sessions() for move in changes.moves.get(session.id, ())
    ]
    if events:
        await publish(tx, events)


def event_of(session: Session, move: Move, now: datetime) -> Event:
    """The event of one move."""
    return _MAKERS[move](session, now)


def _started(session: Session, now: datetime) -> Event:
    return SessionStarted(
        id=session.id,
        organisation_id=session.organisation_id,
        station_id=session.station_id,
        at=now,
        evse=session.evse,
        token_uid=session.token_uid,
        transaction_id=session.transaction_id,
        authorization_status=session.authorization_status,
    )


def _metered(session: Session, now: datetime) -> Event:
    return SessionMetered(
        id=session.id,
        organisation_id=session.organisation_id,
        station_id=session.station_id,
        at=now,
        evse=session.evse,
        energy_wh=whole_wh(session.energy_wh),
        power_w=session.power_w,
        soc_percent=session.soc_percent,
    )


def _ended(session: Session, now: datetime) -> Event:
    return SessionEnded(
        id=session.id,
        organisation_id=session.organisation_id,
        station_id=session.station_id,
        at=now,
        evse=session.evse,
        ended_at=session.ended_at or now,
        energy_wh=whole_wh(session.energy_wh),
        stop_reason=session.stop_reason or "",
        ended_by=session.ended_by or "",
    )


def _corrected(session: Session, now: datetime) -> Event:
    return SessionCorrected(
        id=session.id,
        organisation_id=session.organisation_id,
        station_id=session.station_id,
        at=now,
        evse=session.evse,
        state=session.state,
        ended_at=session.ended_at,
        energy_wh=whole_wh(session.energy_wh),
    )


_MAKERS = {"started": _started, "metered": _metered, "ended": _ended, "corrected": _corrected}
