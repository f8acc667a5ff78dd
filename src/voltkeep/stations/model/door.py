"""Who knocks, what comes of it, and who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from voltkeep.stations.model.station import Admission, Station

RefusalReason = Literal["unknown-identity", "wrong-password", "not-approved", "no-credentials", "bad-identity"]
CredentialKind = Literal["none", "basic", "wrong"]
MOST_CANDIDATES = 10_000
MOST_WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a socket showed when it knocked; `password` is None when no Basic credentials came.

    `is_limited`: it knocked too often, so only the right password helps it, and it isn't remembered as a candidate.
    """

    identity: str
    password: str | None
    address: str | None = None
    subprotocols: tuple[str, ...] = ()
    user_agent: str | None = None
    is_limited: bool = False


@dataclass(frozen=True, slots=True)
class Admitted:
    """The station may connect."""

    station: Station


@dataclass(frozen=True, slots=True)
class Onboarding:
    """Unknown, but a window is open: answer Boot with Pending and change nothing else."""

    identity: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class Refused:
    """Not let in; `admission` tells why a known one isn't approved."""

    reason: RefusalReason
    admission: Admission | None = None


Admittance = Admitted | Onboarding | Refused


@dataclass(frozen=True, slots=True)
class Knock:
    """A handshake that wasn't let in, and whose it is, as far as anybody's."""

    handshake: Handshake
    organisation_id: UUID | None
    reason: str
    credentials: CredentialKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """An identity that knocked without being let in."""

    identity: str
    organisation_id: UUID | None
    station_id: UUID | None
    reason: str
    first_seen_at: datetime
    last_seen_at: datetime
    attempts: int
    address: str | None
    subprotocols: list[str]
    user_agent: str | None
    credentials: CredentialKind
    boot: dict[str, Any] | None
    dismissed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OnboardingWindow:
    """A time in which unknown stations are kept at the door instead of being sent away."""

    id: UUID
    organisation_id: UUID
    opened_by: UUID | None
    opened_at: datetime
    closes_at: datetime
