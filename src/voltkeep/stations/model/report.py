"""What stations say of themselves and of their connectors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

STATUSES = (
    "available", "preparing", "charging", "suspended-ev", "suspended-evse",
    "finishing", "reserved", "unavailable", "faulted",
)  # fmt: skip
CLOCK_AHEAD = timedelta(minutes=5)


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


def status_time(at: datetime | None, received_at: datetime) -> datetime:
    """When a status counts from: the station's time, or that of receipt when it has none or its clock runs ahead.

    A clock more than five minutes ahead would let one wrong report outlive every right one that follows.
    """
    if at is None or at > received_at + CLOCK_AHEAD:
        return received_at
    return at
