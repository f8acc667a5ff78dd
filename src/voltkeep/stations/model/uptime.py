"""How much of a time a connector could be used, from history alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voltkeep.stations.model.report import StatusFact

Place = tuple[int | None, int | None]

PRESENCE: Place = (None, None)
WHOLE_STATION: Place = (0, 0)
OUT_OF_USE = frozenset({"faulted", "unavailable", "offline"})


@dataclass(frozen=True, slots=True)
class Uptime:
    """Seconds of one connector: `known_s` with a status, `available_s` of them neither broken, closed nor offline."""

    evse: int
    connector: int
    available_s: float
    known_s: float

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when nothing is known of the time."""
        return self.available_s / self.known_s if self.known_s else None


def uptimes(facts: Sequence[StatusFact], start: datetime, end: datetime) -> list[Uptime]:
    """One figure for each connector in `facts`, which hold the last fact before `start` and all until `end`.

    A connector is out of use while it, its whole station (connector 0) or the line is. Time before its first status
    isn't counted at all.
    """
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.id))
    places = sorted({(f.evse, f.connector) for f in ordered if f.evse and f.connector is not None})
    return [
        _uptime(evse, connector, ordered, start, end) for evse, connector in places if evse and connector is not None
    ]


def _uptime(evse: int, connector: int, facts: Sequence[StatusFact], start: datetime, end: datetime) -> Uptime:
    own = (evse, connector)
    mine = [fact for fact in facts if (fact.evse, fact.connector) in (own, PRESENCE, WHOLE_STATION) and fact.at < end]
    state: dict[Place, str] = {}
    available = known = 0.0
    for fact, following in zip(mine, [one.at for one in mine[1:]] + [end], strict=False):
        state[fact.evse, fact.connector] = fact.status
        lasted = max(0.0, (following - max(fact.at, start)).total_seconds())
        if own in state:
            known += lasted
            available += lasted if OUT_OF_USE.isdisjoint(state.values()) else 0.0
    return Uptime(evse, connector, available, known)
