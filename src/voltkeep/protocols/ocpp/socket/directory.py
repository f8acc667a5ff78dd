"""Who is connected to this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from voltkeep.protocols.ocpp.socket.metrics import CONNECTIONS

if TYPE_CHECKING:
    from voltkeep.protocols.ocpp.socket.connection import Connection


class Directory:
    """The newest connection of each station; older ones are told to go."""

    def __init__(self) -> None:
        self._connections: dict[UUID, Connection] = {}

    def enter(self, connection: Connection) -> Connection | None:
        """Make it its station's connection; gives the older one (it, or the one it replaces) that must go."""
        station_id = connection.speaker.station_id
        other = self._connections.get(station_id)
        if other is not None and other.epoch > connection.epoch:
            return connection
        self._connections[station_id] = connection
        CONNECTIONS.set(len(self._connections))
        return other

    def leave(self, connection: Connection) -> None:
        """Forget it, unless a newer one has taken its place."""
        if self._connections.get(connection.speaker.station_id) is connection:
            del self._connections[connection.speaker.station_id]
            CONNECTIONS.set(len(self._connections))

    def of(self, station_id: UUID) -> Connection | None:
        """The connection of a station, if this process holds it."""
        return self._connections.get(station_id)

    def __iter__(self) -> Iterator[Connection]:
        return iter(tuple(self._connections.values()))

    def __len__(self) -> int:
        return len(self._connections)
