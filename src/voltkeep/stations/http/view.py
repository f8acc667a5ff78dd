"""Stations as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, StringConstraints

from voltkeep.stations.model import Access, Admission, StationRow

# PostgreSQL's text holds no NUL.
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
# A filter that is left empty in an address filters nothing.
Wanted = Annotated[Text | None, BeforeValidator(lambda given: given or None)]


class ConnectorView(BaseModel):
    """The newest status of a connector; evse 0 with connector 0 is the station itself."""

    evse: int
    connector: int
    status: str
    error_code: str
    vendor_error_code: str | None
    info: str | None
    status_at: datetime


class StationView(BaseModel):
    """A station with its presence and connectors; `revision` is the ETag that an edit names."""

    id: UUID
    station_no: int
    identity: str
    organisation_id: UUID
    site_id: UUID | None
    site_name: str | None
    protocol: str
    profile_version_id: UUID
    admission: Admission
    access: Access
    name: str | None
    vendor: str | None
    model: str | None
    serial_number: str | None
    firmware_version: str | None
    revision: int
    created_at: datetime
    approved_at: datetime | None
    retired_at: datetime | None
    booted_at: datetime | None
    online: bool
    connected_at: datetime | None
    last_message_at: datetime | None
    presence_changed_at: datetime | None
    address: str | None
    offline_reason: str | None
    connectors: list[ConnectorView]


class StationMade(StationView):
    """`password` is shown this once; null in a repeated answer."""

    password: str | None


def fields_of(row: StationRow) -> dict[str, object]:
    """A row flattened to the fields of StationView."""
    flat: dict[str, object] = asdict(row)
    station = flat.pop("station")
    assert isinstance(station, dict)  # noqa: S101  asdict goes all the way down
    return station | flat


def to_view(row: StationRow) -> StationView:
    """A row as JSON."""
    return StationView.model_validate(fields_of(row))
