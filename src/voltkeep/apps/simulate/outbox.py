"""Facts on their way to the platform, in order; some are kept until they are acknowledged."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from voltkeep.apps.simulate.facts import CardShown, Fact, Kept, MeterRead

LIMIT = 2_000


class Outbox:
    """A bounded queue. Starts and stops are never dropped; the oldest readings are, when a spell lasts too long."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._facts: deque[Fact] = deque()
        self._limit = limit
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._facts)

    def put(self, facts: Iterable[Fact]) -> None:
        """Queues facts behind those that wait."""
        self._facts.extend(facts)
        while len(self._facts) > self._limit and self._drop_reading():
            self.dropped += 1

    def first(self) -> Fact | None:
        """The fact to send next; it stays until `done`."""
        return self._facts[0] if self._facts else None

    def done(self) -> None:
        """The first fact was acknowledged, or isn't worth another try."""
        self._facts.popleft()

    def go_offline(self) -> list[CardShown]:
        """Forgets what is only true while online; gives the cards that still wait for an answer."""
        cards = [fact for fact in self._facts if isinstance(fact, CardShown)]
        self._facts = deque(f for f in self._facts if isinstance(f, Kept))
        return cards

    def _drop_reading(self) -> bool:
        for place, fact in enumerate(self._facts):
            if place > 0 and isinstance(fact, MeterRead):
                del self._facts[place]
                return True
        return False
