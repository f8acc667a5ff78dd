"""A station's connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID


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
