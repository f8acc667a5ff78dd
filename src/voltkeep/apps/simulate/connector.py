"""One connector of a simulated station: cars come, charge and leave. Pure: time and chance are given."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from voltkeep.apps.simulate.cars import Car, accepted_w, charge, draw_car, seconds_to_next_car
from voltkeep.apps.simulate.characters import Character, Outlet
from voltkeep.apps.simulate.configuration import Configuration
from voltkeep.apps.simulate.facts import CardShown, ChargeStarted, ChargeStopped, Fact, MeterRead, StatusChanged
from voltkeep.apps.simulate.metering import samples
from voltkeep.apps.simulate.pace import Moment

PAUSE_S = 600.0
UNPLUG_WITHIN_S = (20.0, 180.0)


@dataclass
class Charge:
    """A charge that runs; `transaction_id` is None until the platform has answered the start."""

    number: int
    card: str
    begin: MeterRead
    sampled_at: datetime
    transaction_id: int | None = None


class Connector:
    """What stands at one connector and what it tells. `numbers` gives each charge of the station its own number."""

    def __init__(
        self,
        number: int,
        character: Character,
        configuration: Configuration,
        numbers: Iterator[int],
        cards: tuple[str, ...],
        rng: random.Random,
        bustle: float = 1.0,
    ) -> None:
        self.number = number
        self._bustle = bustle
        self.outlet: Outlet = character.outlets[number - 1]
        self.status = "Available"
        self.car: Car | None = None
        self.charge: Charge | None = None
        self._character = character
        self._configuration = configuration
        self._numbers = numbers
        self._cards = cards
        self._rng = rng
        self._register_wh = rng.uniform(0, 5_000_000)
        self._stepped_s = 0.0
        self._next_car_s = rng.uniform(0, 0.3) * seconds_to_next_car(rng, 17, bustle)
        self._card_at_s = 0.0
        self._leaves_s = 0.0
        self._paused_until_s: float | None = None
        self._told_card: str | None = None
        self._asking = False

    def step(self, now: Moment) -> list[Fact]:
        """Lets time pass until `now`; gives what happened."""
        seconds, self._stepped_s = now.simulated_s - self._stepped_s, now.simulated_s
        if self.car is None:
            return self._wait_for_car(now)
        if self.charge is not None:
            return self._go_on(self.car, self.charge, seconds, now)
        if self.status == "Finishing":
            return self._leave(now) if now.simulated_s >= self._leaves_s else []
        return self._wait_for_card(self.car, now)

    def card_answered(self, card: str, *, accepted: bool, now: Moment) -> list[Fact]:
        """The platform (or the station itself, offline) has judged the card."""
        self._asking = False
        if self.car is None or self.charge is not None:
            return []
        return self._begin(card, now) if accepted else self._leave(now)

    def remote_start(self, card: str, now: Moment) -> bool:
        """A start from afar: whether it is taken. A driver plugs in soon if nobody has."""
        if self.charge is not None or self._told_card or self.status not in {"Available", "Preparing"}:
            return False
        self._told_card = card
        self._card_at_s = now.simulated_s
        if self.car is None:
            self._next_car_s = now.simulated_s + self._rng.uniform(1, 10)
        return True

    def stop(self, reason: str, now: Moment, card: str | None = None) -> list[Fact]:
        """Ends the charge that runs, if any; the car stays plugged for a while."""
        running = self.charge
        if running is None:
            return []
        self.charge = None
        self._paused_until_s = None
        self._leaves_s = now.simulated_s + self._rng.uniform(*UNPLUG_WITHIN_S)
        end = self._read(running.number, now, "Transaction.End", self._configuration.measurands("StopTxnSampledData"))
        readings = (running.begin, end) if end.samples and running.begin.samples else ()
        stopped = ChargeStopped(self.number, running.number, round(self._register_wh), now.at, reason, card, readings)
        return [stopped, *self._become("Finishing", now)]

    def read_now(self, now: Moment) -> list[Fact]:
        """A reading of the charge that runs, because the platform asked for one."""
        if self.charge is None:
            return []
        measurands = self._configuration.measurands("MeterValuesSampledData")
        reading = self._read(self.charge.number, now, "Trigger", measurands)
        return [reading] if reading.samples else []

    def deauthorized(self, now: Moment) -> list[Fact]:
        """The platform refused the card in its answer to the start (OCPP 1.6, StopTransactionOnInvalidId)."""
        if self._configuration.boolean("StopTransactionOnInvalidId"):
            return self.stop("DeAuthorized", now)
        return []

    def _wait_for_car(self, now: Moment) -> list[Fact]:
        if now.simulated_s < self._next_car_s:
            return []
        self.car = draw_car(self._rng, self._cards, self._bustle)
        self._card_at_s = now.simulated_s + self.car.connects_after_s
        return self._become("Preparing", now)

    def _wait_for_card(self, car: Car, now: Moment) -> list[Fact]:
        if self._told_card and not self._asking:
            card, self._told_card = self._told_card, None
            if not self._configuration.boolean("AuthorizeRemoteTxRequests"):
                return self._begin(card, now)
            self._asking = True
            return [CardShown(self.number, card)]
        if self._asking or now.simulated_s < self._card_at_s:
            return []
        self._asking = True
        return [CardShown(self.number, car.card)]

    def _begin(self, card: str, now: Moment) -> list[Fact]:
        number = next(self._numbers)
        begin = self._read(number, now, "Transaction.Begin", self._configuration.measurands("StopTxnSampledData"))
        self.charge = Charge(number, card, begin, now.at)
        self._leaves_s = now.simulated_s + (self.car.stays_s if self.car else 0.0)
        started = ChargeStarted(self.number, number, card, round(self._register_wh), now.at)
        return [started, *self._become("Charging", now)]

    def _go_on(self, car: Car, running: Charge, seconds: float, now: Moment) -> list[Fact]:
        before = car.soc
        if self._takes(car, now):
            self._register_wh += charge(car, self.outlet, seconds)
            self._maybe_pause(car, before, now)
        facts = self._become("Charging" if self._takes(car, now) else "SuspendedEV", now)
        facts.extend(self._sample(car, running, now))
        if now.simulated_s >= self._leaves_s:
            unplugged = self._rng.random() < 0.3
            facts.extend(self.stop("EVDisconnected", now) if unplugged else self.stop("Local", now, running.card))
        return facts

    def _takes(self, car: Car, now: Moment) -> bool:
        paused = self._paused_until_s is not None and now.simulated_s < self._paused_until_s
        return not paused and not car.is_full

    def _maybe_pause(self, car: Car, before: float, now: Moment) -> None:
        if car.pauses_at_soc is not None and before < car.pauses_at_soc <= car.soc:
            self._paused_until_s = now.simulated_s + PAUSE_S

    def _sample(self, car: Car, running: Charge, now: Moment) -> list[Fact]:
        interval = self._configuration.integer("MeterValueSampleInterval")
        if not interval or (now.at - running.sampled_at).total_seconds() < interval:
            return []
        running.sampled_at = now.at
        measurands = self._configuration.measurands("MeterValuesSampledData")
        reading = self._read(running.number, now, "Sample.Periodic", measurands)
        return [reading] if reading.samples else []

    def _read(self, number: int, now: Moment, context: str, measurands: tuple[str, ...]) -> MeterRead:
        flows = self.charge is not None and self.car is not None and self._takes(self.car, now)
        values = samples(
            self._character,
            self.outlet,
            measurands=measurands,
            register_wh=round(self._register_wh),
            power_w=accepted_w(self.car, self.outlet) if flows and self.car else 0.0,
            soc=self.car.soc if self.car else 0.0,
            context=context,
            rng=self._rng,
        )
        return MeterRead(self.number, number, now.at, values)

    def _leave(self, now: Moment) -> list[Fact]:
        self.car = None
        self._asking = False
        self._next_car_s = now.simulated_s + seconds_to_next_car(self._rng, now.hour, self._bustle)
        return self._become("Available", now)

    def _become(self, status: str, now: Moment) -> list[Fact]:
        if status == self.status:
            return []
        self.status = status
        return [StatusChanged(self.number, status, now.at)]
