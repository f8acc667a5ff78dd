"""Tokens: what a driver shows to be let charge; compared without regard to case (OCPP 1.6, section 7.23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

TokenStatus = Literal["Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"]

# OCPP 1.6 allows 20 characters; later versions 36.
LONGEST_UID = 36


@dataclass(frozen=True, slots=True)
class Token:
    """A row of the list of tokens."""

    id: UUID
    organisation_id: UUID
    type: str
    uid: str
    label: str | None
    person_id: UUID | None
    parent_uid: str | None
    blocked_at: datetime | None
    expires_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AuthorizeAsk:
    """May this uid charge at a station of that organisation?"""

    organisation_id: UUID
    uid: str


@dataclass(frozen=True, slots=True)
class IdTagInfo:
    """The answer, in the words of OCPP 1.6 (IdTagInfo); `token_id` is None for an unknown uid."""

    status: TokenStatus
    token_id: UUID | None = None
    expiry: datetime | None = None
    parent: str | None = None


UNKNOWN = IdTagInfo("Invalid")


def token_key(uid: str) -> str:
    """The form in which uids are compared: upper case, without what PostgreSQL can't hold."""
    return uid.replace("\0", "\ufffd").strip().upper()


def judge(token: Token, now: datetime) -> IdTagInfo:
    """Blocked comes before expired: a lost card stays blocked whatever its date."""
    status: TokenStatus = "Accepted"
    if token.blocked_at is not None:
        status = "Blocked"
    elif token.expires_at is not None and token.expires_at <= now:
        status = "Expired"
    return IdTagInfo(status, token.id, token.expires_at, token.parent_uid)
