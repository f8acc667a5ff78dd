"""Which live sessions can't be alive any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from voltkeep.sessions.model.session import Session

# A connector in these states holds no transaction (OCPP 1.6, section 4.9); in the others it may.
IDLE = ("available", "preparing", "reserved")
CHARGING = ("charging", "suspended-ev", "suspended-evse", "finishing")

# The stop may follow the status, and stations retry it for a while.
GRACE = timedelta(minutes=5)
# A car may stand plugged in, and its station say nothing, for long.
PATIENCE_WHILE_PLUGGED = 4
LOST_AFTER = timedelta(days=30)

CONNECTOR_IDLE = "connector-available"
REBOOTED = "rebooted"
SILENT = "silent"
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is known where a session takes place; times are those of the platform's receipt."""

    is_online: bool
    last_message_at: datetime | None
    booted_at: datetime | None
    status: str | None
    status_at: datetime | None
    status_received_at: datetime | None


def why_dead(session: Session, around: Surroundings, now: datetime, after: timedelta) -> str | None:
    """The reason to close a live session, or None. A station out of reach may well go on charging."""
    if not around.is_online:
        heard = max(session.last_heard_at, around.last_message_at or session.last_heard_at)
        return LOST if now - heard > LOST_AFTER else None
    if _is_idle_since(session, around):
        waited = now - (around.status_received_at or now)
        if waited > GRACE:
            return REBOOTED if _booted_since(session, around) else CONNECTOR_IDLE
        return None
    limit = after * PATIENCE_WHILE_PLUGGED if around.status in CHARGING else after
    return SILENT if now - session.last_heard_at > limit else None


def _is_idle_since(session: Session, around: Surroundings) -> bool:
    """Whether the connector was idle after the session's last sign of charging."""
    if around.status not in IDLE or around.status_at is None or around.status_received_at is None:
        return False
    sign = max(session.started_at, session.meter_last_at or session.started_at)
    return around.status_at > sign and around.status_received_at > session.last_heard_at


def _booted_since(session: Session, around: Surroundings) -> bool:
    return around.booted_at is not None and around.booted_at > session.last_heard_at
