"""The sessions that a decision knows, kept current while it walks through its batch."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from voltkeep.sessions.model.session import Session


class Known:
    """Sessions by transaction, by start key, by EVSE and by station; `put` adds one or replaces its older form."""

    def __init__(self, sessions: Iterable[Session] = ()) -> None:
        self._by_id: dict[UUID, Session] = {}
        self._by_transaction: dict[tuple[UUID, str], UUID] = {}
        self._by_key: dict[tuple[UUID, bytes], UUID] = {}
        self._active: dict[tuple[UUID, int], UUID] = {}
        self._by_station: dict[UUID, dict[UUID, None]] = {}
        for session in sessions:
            self.put(session)

    def put(self, session: Session) -> None:
        """Remember this form of the session."""
        self._by_id[session.id] = session
        self._by_transaction[session.station_id, session.transaction_id] = session.id
        self._by_key[session.station_id, session.start_key] = session.id
        self._by_station.setdefault(session.station_id, {})[session.id] = None
        if session.evse is None:
            return
        place = (session.station_id, session.evse)
        if session.state == "active":
            self._active[place] = session.id
        elif self._active.get(place) == session.id:
            del self._active[place]

    def by_transaction(self, station_id: UUID, transaction_id: str) -> Session | None:
        """Only the station's own: another station's transaction is unknown."""
        return self._at(self._by_transaction.get((station_id, transaction_id)))

    def by_key(self, station_id: UUID, start_key: bytes) -> Session | None:
        """The session that the same content made before."""
        return self._at(self._by_key.get((station_id, start_key)))

    def active_on(self, station_id: UUID, evse: int | None) -> Session | None:
        """The live session of an EVSE; there is at most one."""
        return None if evse is None else self._at(self._active.get((station_id, evse)))

    def of_station(self, station_id: UUID) -> list[Session]:
        """All known sessions of the station."""
        return [self._by_id[session_id] for session_id in self._by_station.get(station_id, ())]

    def charging(self, organisation_id: UUID, token_uid: str) -> list[Session]:
        """Live sessions of a token, given in upper case."""
        return [
            session
            for session in self._by_id.values()
            if session.state == "active"
            and session.organisation_id == organisation_id
            and (session.token_uid or "").upper() == token_uid
        ]

    def _at(self, session_id: UUID | None) -> Session | None:
        return None if session_id is None else self._by_id[session_id]
