"""Sessions as people look for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from voltkeep.sessions.model.session import Session

StateFilter = Literal["live", "active", "ended", "problem"]


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """`station` is an id or identity; `since` and `until` bound the start; `search` is part of an identity, a token
    or a transaction id. `after` is the place (start, id) of the last row of the page before."""

    station: str | None = None
    state: StateFilter | None = None
    token: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str | None = None
    after: tuple[datetime, UUID] | None = None


@dataclass(frozen=True, slots=True)
class SeenSession:
    """A session with the identity of its station."""

    session: Session
    identity: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a session's timeline; `kind` says what happened, `details` are its facts."""

    at: datetime
    kind: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionsOverview:
    """`energy_today_wh` is that of sessions begun since `day_began_at`. `starts` counts, over 24 hours, sessions of
    valid tokens and start commands that came to nothing; `good_starts` are those still charging or that charged."""

    live: int
    live_power_w: float
    day_began_at: datetime
    energy_today_wh: Decimal
    sessions_today: int
    starts: int
    good_starts: int
    with_problems: int
