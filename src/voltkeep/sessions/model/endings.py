"""Sessions that the platform itself closes, because the station never will."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from voltkeep.sessions.model.energy import closed_without_stop
from voltkeep.sessions.model.session import Session, with_problem

PLATFORM = "platform"
STATION = "station"
SUPERSEDED = "superseded"
STOP_MISSING = "stop-missing"


def closed_by_platform(session: Session, reason: str, at: datetime) -> Session:
    """The session ended at its last sign of charging, or at `at` if it gave none; a later stop corrects it."""
    ended_at = max(session.started_at, session.meter_last_at or at)
    session = closed_without_stop(session)
    return replace(
        session,
        state="ended",
        ended_at=ended_at,
        ended_by=PLATFORM,
        stop_reason=reason,
        problems=with_problem(session.problems, STOP_MISSING),
    )


def is_open_to_correction(session: Session) -> bool:
    """Whether the end is only the platform's guess."""
    return session.state == "ended" and session.ended_by == PLATFORM
