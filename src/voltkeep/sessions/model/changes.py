"""What a decision leaves to be stored and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from voltkeep.sessions.model.session import Note, Session

# How a session moved; events are made of these.
Move = Literal["started", "metered", "ended", "corrected"]


@dataclass(slots=True)
class Changes:
    """Gathers over one batch: new sessions, the last form of changed ones, notes, and how each moved.

    It belongs to one decision and is thrown away with it.
    """

    added: dict[UUID, Session] = field(default_factory=dict)
    changed: dict[UUID, Session] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    moves: dict[UUID, list[Move]] = field(default_factory=dict)

    def add(self, session: Session, *moves: Move) -> None:
        """A session that isn't stored yet."""
        self.added[session.id] = session
        self._move(session.id, moves)

    def change(self, session: Session, *moves: Move) -> None:
        """A newer form of a session, stored or just added."""
        place = self.added if session.id in self.added else self.changed
        place[session.id] = session
        self._move(session.id, moves)

    def note(self, note: Note) -> None:
        """Remember something uncommon."""
        self.notes.append(note)

    def sessions(self) -> Iterable[Session]:
        """All touched sessions in their last form."""
        return (*self.added.values(), *self.changed.values())

    def _move(self, session_id: UUID, moves: Iterable[Move]) -> None:
        known = self.moves.setdefault(session_id, [])
        known.extend(move for move in moves if move not in known)
