"""A station, what it said when it knocked, and how it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

Admission = Literal["pending", "approved", "suspended", "revoked", "retired"]
Access = Literal["public", "private", "restricted"]
RefusalReason = Literal["unknown-identity", "wrong-password", "not-approved", "no-credentials", "bad-identity"]
CredentialKind = Literal["none", "basic", "wrong"]

STATUSES = (
    "available", "preparing", "charging", "suspended-ev", "suspended-evse",
    "finishing", "reserved", "unavailable", "faulted",
)  # fmt: skip
MOST_CANDIDATES = 10_000
CLOCK_AHEAD = timedelta(minutes=5)

# `:` separates identity and password in Basic authentication (RFC 7617), so it can't be part of an identity.
_IDENTITY = re.compile(r"[A-Za-z0-9*_=+|@.\-]{1,48}")


def is_identity(text: str) -> bool:
    """Whether `text` may be a station's identity: 1 to 48 of `[A-Za-z0-9*_=+|@.-]`, and no mere `.` or `..`."""
    return _IDENTITY.fullmatch(text) is not None and text.strip(".") != ""


def printable(text: str | None, most: int) -> str | None:
    """Text of a stranger, fit to be stored: no NUL (PostgreSQL has none), at most `most` characters."""
    return None if text is None else text.replace("\0", "")[:most]


@dataclass(frozen=True, slots=True)
class Station:
    """One charging station, whatever it speaks, with the presence of the moment it was read."""

    id: UUID
    station_no: int
    organisation_id: UUID
    site_id: UUID | None
    identity: str
    protocol: str
    profile_version_id: UUID
    admission: Admission
    access: Access
    name: str | None
    vendor: str | None
    model: str | None
    serial_number: str | None
    firmware_version: str | None
    booted_at: datetime | None
    revision: int
    created_at: datetime
    approved_at: datetime | None
    retired_at: datetime | None
    online: bool
    epoch: int


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a socket showed when it knocked; `password` is None when no Basic credentials came."""

    identity: str
    password: str | None
    address: str | None = None
    subprotocols: tuple[str, ...] = ()
    user_agent: str | None = None


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
class Connected:
    """A socket that was let in, held by the process `gateway`."""

    station_id: UUID
    address: str | None
    gateway: str
    subprotocol: str


@dataclass(frozen=True, slots=True)
class Boot:
    """BootNotification as facts; `details` is the whole message."""

    vendor: str | None
    model: str | None
    serial_number: str | None = None
    firmware_version: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StationBoot:
    """A boot of a station on the list."""

    station_id: UUID
    boot: Boot
    at: datetime


@dataclass(frozen=True, slots=True)
class BootOutcome:
    """`is_first`: the first boot ever seen of this station, so its configuration hasn't been read."""

    station_id: UUID
    is_first: bool


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A status of a connector (evse 0, connector 0: the station); `at` is None where the station gave no time."""

    station_id: UUID
    organisation_id: UUID
    evse: int
    connector: int
    status: str
    error_code: str
    vendor_error_code: str | None
    info: str | None
    at: datetime | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class StatusOutcome:
    """`is_new`: no exact repeat; `is_current`: it is the newest of its connector; `changed`: and says something new."""

    is_new: bool
    is_current: bool
    changed: bool


def status_time(at: datetime | None, received_at: datetime) -> datetime:
    """When a status counts from: the station's time, or that of receipt when it has none or its clock runs ahead.

    A clock more than five minutes ahead would let one wrong report outlive every right one that follows.
    """
    if at is None or at > received_at + CLOCK_AHEAD:
        return received_at
    return at
