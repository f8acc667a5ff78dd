"""The decisions at work over sessions kept in memory, as the store would keep them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import count
from uuid import UUID

from tests.sessions.makers import NOW

from voltkeep.sessions.model import (
    Changes,
    MeterAsked,
    MeterOutcome,
    Note,
    Session,
    StartAsked,
    StartOutcome,
    StopAsked,
    StopOutcome,
)
from voltkeep.sessions.model.keys import start_key
from voltkeep.sessions.model.known import Known
from voltkeep.sessions.model.meters import IntervalFacts, MeterFacts, decide_meters
from voltkeep.sessions.model.starts import StartFacts, decide_starts
from voltkeep.sessions.model.stops import StopFacts, decide_stops
from voltkeep.tokens.model import UNKNOWN, IdTagInfo


class Desk:
    """Starts, stops and readings in, sessions out."""

    def __init__(self, *valid: str) -> None:
        self.sessions: dict[UUID, Session] = {}
        self.notes: list[Note] = []
        self.moves: list[str] = []
        self.intervals: dict[UUID, IntervalFacts] = {}
        self._valid = {uid.upper() for uid in valid or ("CARD1",)}
        self._draw = count(1)

    def start(self, *asked: StartAsked, now: datetime = NOW) -> list[StartOutcome]:
        """One batch of starts."""
        tokens = [self._judge(ask.token_uid) for ask in asked]
        facts = StartFacts([start_key(ask) for ask in asked], tokens, Known(self.sessions.values()))
        outcomes, changes = decide_starts(asked, facts, now, lambda: next(self._draw))
        self._keep(changes)
        return outcomes

    def stop(self, *asked: StopAsked, now: datetime = NOW) -> list[StopOutcome]:
        """One batch of stops."""
        tokens = [self._judge(ask.token_uid) if ask.token_uid else None for ask in asked]
        outcomes, changes = decide_stops(asked, StopFacts(tokens, Known(self.sessions.values())), now)
        self._keep(changes)
        return outcomes

    def meter(self, *asked: MeterAsked, now: datetime = NOW) -> list[MeterOutcome]:
        """One batch of readings."""
        for session_id in self.sessions:
            self.intervals.setdefault(session_id, IntervalFacts())
        facts = MeterFacts(Known(self.sessions.values()), self.intervals)
        outcomes, changes, _ = decide_meters(asked, facts, now)
        self._keep(changes)
        return outcomes

    def only(self) -> Session:
        """The one session there is."""
        (session,) = self.sessions.values()
        return session

    @property
    def energy(self) -> Decimal | None:
        """That of the one session."""
        return self.only().energy_wh

    def kinds(self) -> list[str]:
        """Kinds of the notes."""
        return [note.kind for note in self.notes]

    def _judge(self, uid: str) -> IdTagInfo:
        return IdTagInfo("Accepted") if uid.upper() in self._valid else UNKNOWN

    def _keep(self, changes: Changes) -> None:
        self._put(changes.sessions())
        self.notes += changes.notes
        self.moves += [move for moves in changes.moves.values() for move in moves]

    def _put(self, sessions: Iterable[Session]) -> None:
        for session in sessions:
            assert session.energy_wh is None or session.energy_wh >= 0
            self.sessions[session.id] = session
        live = [(s.station_id, s.evse) for s in self.sessions.values() if s.state == "active"]
        assert len(live) == len(set(live)), "an EVSE charges two cars"
