"""What happened to charging sessions; `id` is the session's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voltkeep.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    """A station reported a new transaction."""

    type: ClassVar[str] = "session.started"

    evse: int | None
    token_uid: str | None
    transaction_id: str
    authorization_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMetered(Event):
    """The figures of a live session moved; at most about one in two seconds for each session. Whole Wh."""

    type: ClassVar[str] = "session.metered"

    evse: int | None
    energy_wh: int | None
    power_w: float | None
    soc_percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """The session ended, by the station's word or by the platform's."""

    type: ClassVar[str] = "session.ended"

    evse: int | None
    ended_at: datetime
    energy_wh: int | None
    stop_reason: str
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCorrected(Event):
    """An ended session got other figures, or turned out to be alive: who billed it must look again."""

    type: ClassVar[str] = "session.corrected"

    evse: int | None
    state: str
    ended_at: datetime | None
    energy_wh: int | None
