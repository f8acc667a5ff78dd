"""A station, what it said when it knocked, and how it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final, Literal
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
MOST_WINDOW = timedelta(days=7)
CLOCK_AHEAD = timedelta(minutes=5)


class Unchanged(Enum):
    """The value of a field that an edit doesn't touch."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED

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
class Knock:
    """A handshake that wasn't let in, and whose it is, as far as anybody's."""

    handshake: Handshake
    organisation_id: UUID | None
    reason: str
    credentials: CredentialKind


@dataclass(frozen=True, slots=True)
class Connected:
    """A socket that was let in, held by the process `gateway`."""

    station_id: UUID
    address: str | None
    gateway: str
    subprotocol: str


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The connection of `epoch` ended; `reason` is a short word such as `closed` or `replaced`."""

    station_id: UUID
    epoch: int
    reason: str


@dataclass(frozen=True, slots=True)
class PresenceChange:
    """A line of a station's history: `online` or `offline`, and why."""

    station_id: UUID
    organisation_id: UUID
    status: Literal["online", "offline"]
    info: str | None = None


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


@dataclass(frozen=True, slots=True)
class NewStation:
    """What people say about a station they add; without an organisation it is the actor's."""

    identity: str
    organisation_id: UUID | None = None
    site_id: UUID | None = None
    name: str | None = None
    access: Access = "public"
    protocol: str = "ocpp1.6"


@dataclass(frozen=True, slots=True)
class StationEdit:
    """Fields to change; UNCHANGED leaves one as it is, None empties it."""

    identity: str | Unchanged = UNCHANGED
    name: str | Unchanged | None = UNCHANGED
    site_id: UUID | Unchanged | None = UNCHANGED
    access: Access | Unchanged = UNCHANGED

    def given(self) -> dict[str, Any]:
        """The fields that change, by column."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not UNCHANGED}


@dataclass(frozen=True, slots=True)
class StationFilter:
    """Which stations a list shows; None: any. `search` is a part of identity, name, maker, model or serial number."""

    search: str | None = None
    status: str | None = None
    online: bool | None = None
    admission: Admission | None = None
    site_id: UUID | None = None
    vendor: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class ConnectorState:
    """The newest status of one connector."""

    evse: int
    connector: int
    status: str
    error_code: str
    vendor_error_code: str | None
    info: str | None
    status_at: datetime


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station with everything a table shows of it."""

    station: Station
    site_name: str | None
    connected_at: datetime | None
    last_message_at: datetime | None
    presence_changed_at: datetime | None
    address: str | None
    offline_reason: str | None
    connectors: tuple[ConnectorState, ...]


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


@dataclass(frozen=True, slots=True)
class Site:
    """A place with stations; `time_zone` is an IANA name."""

    id: UUID
    organisation_id: UUID
    name: str
    time_zone: str
    address: str | None
    latitude: float | None
    longitude: float | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StatusFact:
    """One row of history; evse None is the presence of the station (`online`, `offline`)."""

    id: UUID
    evse: int | None
    connector: int | None
    at: datetime
    received_at: datetime
    status: str
    error_code: str | None
    vendor_error_code: str | None
    info: str | None


@dataclass(frozen=True, slots=True)
class NewSite:
    """What people say about a site they add; without an organisation it is the actor's."""

    name: str
    time_zone: str = "UTC"
    organisation_id: UUID | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
