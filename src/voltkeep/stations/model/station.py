"""A station on the list, and how a table shows it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, Final, Literal
from uuid import UUID

Admission = Literal["pending", "approved", "suspended", "revoked", "retired"]
Access = Literal["public", "private", "restricted"]


class Unchanged(Enum):
    """The value of a field that an edit doesn't touch."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


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
