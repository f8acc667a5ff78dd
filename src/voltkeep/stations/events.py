"""What happens to stations that others may care for. `id` is the station's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voltkeep.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StationConnected(Event):
    """A live socket, or one heard again after it was given up."""

    type: ClassVar[str] = "station.connected"
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StationDisconnected(Event):
    """The socket is gone; `reason` is `closed`, `replaced`, `silent`…"""

    type: ClassVar[str] = "station.disconnected"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationBooted(Event):
    """A boot notification was accepted."""

    type: ClassVar[str] = "station.booted"
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorStatusChanged(Event):
    """The newest status of a connector differs from the one before."""

    type: ClassVar[str] = "connector.status-changed"
    evse: int
    connector: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationApproved(Event):
    """The station may connect from now on."""

    type: ClassVar[str] = "station.approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSuspended(Event):
    """The station may no longer connect; its socket is cut."""

    type: ClassVar[str] = "station.suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationChanged(Event):
    """Something people edit has changed: name, site, access, credentials."""

    type: ClassVar[str] = "station.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSeen(Event):
    """An identity knocked that isn't on the list; `id` is the organisation's that may approve it."""

    type: ClassVar[str] = "candidate.seen"
