"""A simulated station without its socket: connectors, configuration, mishaps. Pure: time and chance are given."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import Literal

from voltkeep.apps.simulate.characters import Character
from voltkeep.apps.simulate.configuration import Configuration
from voltkeep.apps.simulate.connector import Connector
from voltkeep.apps.simulate.facts import Fact, StatusChanged
from voltkeep.apps.simulate.pace import Moment

HOUR_S = 3600.0
MISHAPS: tuple[tuple[Literal["dropped", "offline", "power-cut"], float, tuple[float, float]], ...] = (
    ("dropped", 6 * HOUR_S, (0.0, 0.0)),
    ("offline", 10 * HOUR_S, (120.0, 1200.0)),
    ("power-cut", 30 * HOUR_S, (30.0, 120.0)),
)
"""Kind, mean simulated seconds between two, shortest and longest."""


@dataclass(frozen=True)
class Mishap:
    """The line is dropped, is away for a while, or the power goes; `lasts_s` in simulated seconds."""

    kind: Literal["dropped", "offline", "power-cut"]
    lasts_s: float


class Station:
    """Everything a station decides. Each method gives the facts that follow, in order."""

    def __init__(
        self,
        identity: str,
        character: Character,
        cards: tuple[str, ...],
        rng: random.Random,
        bustle: float = 1.0,
    ) -> None:
        self.identity = identity
        self.character = character
        self.configuration = Configuration(character)
        self.is_off = False
        self._rng = rng
        numbers = itertools.count(1)
        self.connectors = [
            Connector(number, character, self.configuration, numbers, cards, rng, bustle)
            for number in range(1, len(character.outlets) + 1)
        ]
        self._mishaps = [(rng.expovariate(1 / mean), kind, mean, lasts) for kind, mean, lasts in MISHAPS]

    @property
    def serial_number(self) -> str:
        """A number that stays with the identity."""
        return f"{self.character.key.upper()}-{self.identity[-12:]}"

    def step(self, now: Moment) -> list[Fact]:
        """Lets time pass until `now`."""
        return [fact for connector in self.connectors for fact in connector.step(now)]

    def statuses(self, now: Moment, connector: int | None = None) -> list[Fact]:
        """The present status of one connector or of all, the station itself (0) first."""
        known = {0: "Available", **{one.number: one.status for one in self.connectors}}
        return [StatusChanged(number, word, now.at) for number, word in known.items() if connector in {None, number}]

    def read_now(self, now: Moment, connector: int | None = None) -> list[Fact]:
        """A meter reading of each charge that runs, of one connector or of all."""
        wanted = [one for one in self.connectors if connector in {None, 0, one.number}]
        return [fact for one in wanted for fact in one.read_now(now)]

    def card_answered(self, connector: int, card: str, *, accepted: bool, now: Moment) -> list[Fact]:
        """A card was judged by the platform."""
        if self.is_off:
            return []
        return self.connectors[connector - 1].card_answered(card, accepted=accepted, now=now)

    def card_offline(self, connector: int, card: str, now: Moment) -> list[Fact]:
        """A card was shown while the platform can't be asked (OCPP 1.6, 3.5.2)."""
        return self.card_answered(
            connector, card, accepted=self.configuration.boolean("LocalAuthorizeOffline"), now=now
        )

    def started(self, charge: int, transaction_id: int, *, accepted: bool, now: Moment) -> list[Fact]:
        """The platform has answered a start."""
        for connector in self.connectors:
            if connector.charge is not None and connector.charge.number == charge:
                connector.charge.transaction_id = transaction_id
                return [] if accepted else connector.deauthorized(now)
        return []

    def remote_start(self, connector: int | None, card: str, now: Moment) -> bool:
        """Whether a start from afar is taken; without a connector the first free one is meant."""
        if self.is_off or (connector is not None and not 1 <= connector <= len(self.connectors)):
            return False
        wanted = self.connectors if connector is None else [self.connectors[connector - 1]]
        return any(one.remote_start(card, now) for one in wanted)

    def remote_stop(self, transaction_id: int, now: Moment) -> list[Fact] | None:
        """The end of the charge with that transaction, or None when no such charge runs."""
        for connector in self.connectors:
            if connector.charge is not None and connector.charge.transaction_id == transaction_id:
                return connector.stop("Remote", now)
        return None

    def shut_down(self, reason: str, now: Moment) -> list[Fact]:
        """Ends every charge, unless the power went and the make goes on afterwards."""
        if reason == "PowerLoss" and self.character.resumes:
            return []
        return [fact for connector in self.connectors for fact in connector.stop(reason, now)]

    def switch_off(self, now: Moment) -> list[Fact]:
        """The end of the simulation: every charge ends, none begins any more."""
        self.is_off = True
        return self.shut_down("Reboot", now)

    def mishap(self, now: Moment) -> Mishap | None:
        """What goes wrong at this moment, if anything."""
        for place, (due_s, kind, mean, lasts) in enumerate(self._mishaps):
            if now.simulated_s >= due_s:
                self._mishaps[place] = (now.simulated_s + self._rng.expovariate(1 / mean), kind, mean, lasts)
                return Mishap(kind, self._rng.uniform(*lasts))
        return None
