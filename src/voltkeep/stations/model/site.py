"""A place with stations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
class NewSite:
    """What people say about a site they add; without an organisation it is the actor's."""

    name: str
    time_zone: str = "UTC"
    organisation_id: UUID | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
