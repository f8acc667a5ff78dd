"""Events: facts that other capabilities may react to. Models and events know no web or database."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`id` is the subject's (a session's, a station's); `station_id` is None where no station is meant."""

    type: ClassVar[str] = "event"
    v: ClassVar[int] = 1

    id: UUID
    organisation_id: UUID
    station_id: UUID | None
    at: datetime


def as_payload(event: Event) -> dict[str, object]:
    """The event as JSON-ready data with `type` and `v`, as live notices and webhooks carry it."""
    body = {field.name: getattr(event, field.name) for field in fields(event)}
    return {"type": event.type, "v": event.v} | body
