"""Cars and when they come. Pure: chance comes from the `random.Random` that is given."""

from __future__ import annotations

import random
from dataclasses import dataclass

from voltkeep.apps.simulate.characters import Outlet

ARRIVALS_PER_HOUR = (
    *(0.05, 0.04, 0.03, 0.03, 0.05, 0.10, 0.25, 0.50, 0.70, 0.60, 0.50, 0.55),
    *(0.65, 0.55, 0.50, 0.60, 0.80, 1.00, 1.10, 0.90, 0.60, 0.40, 0.25, 0.12),
)
FOREIGN_CARD_SHARE = 0.04
TRICKLE = 0.03


@dataclass
class Car:
    """A car at a connector. `soc` runs from 0 to 1; `stays_s` and `connects_after_s` are simulated seconds."""

    battery_wh: float
    soc: float
    wants_soc: float
    ac_max_w: float
    dc_max_w: float
    connects_after_s: float
    stays_s: float
    pauses_at_soc: float | None
    card: str
    is_foreign: bool

    @property
    def is_full(self) -> bool:
        """Whether it takes no more."""
        return self.soc >= self.wants_soc


def seconds_to_next_car(rng: random.Random, hour: int, bustle: float = 1.0) -> float:
    """Simulated seconds until the next car, by the hour of the day (UTC); at least half a minute.

    `bustle` says how many times as often as in life cars come.
    """
    return max(30.0, rng.expovariate(ARRIVALS_PER_HOUR[hour % 24] / 3600) / bustle)


def draw_car(rng: random.Random, cards: tuple[str, ...], bustle: float = 1.0) -> Car:
    """A car as they come: half empty, some only for an hour, some with a card nobody knows.

    With more `bustle` it stays shorter, at least five minutes.
    """
    foreign = not cards or rng.random() < FOREIGN_CARD_SHARE
    battery = rng.choice((24_000, 40_000, 52_000, 64_000, 77_000, 100_000))
    soc = rng.uniform(0.08, 0.7)
    return Car(
        battery_wh=battery,
        soc=soc,
        wants_soc=rng.choice((0.8, 0.9, 1.0, 1.0)),
        ac_max_w=rng.choice((3_700, 7_400, 11_000, 11_000, 22_000)),
        dc_max_w=rng.choice((50_000, 100_000, 150_000, 250_000)),
        connects_after_s=rng.uniform(3, 40),
        stays_s=max(300.0, rng.lognormvariate(8.6, 0.8) / bustle),
        pauses_at_soc=rng.uniform(soc, 1.0) if rng.random() < 0.15 else None,
        card=f"F{rng.randrange(16**7):07X}" if foreign else rng.choice(cards),
        is_foreign=foreign,
    )


def accepted_w(car: Car, outlet: Outlet) -> float:
    """What the car takes now, in watts: a plateau, then a straight fall to a trickle; earlier on direct current."""
    if car.is_full:
        return 0.0
    limit = car.dc_max_w if outlet.is_direct else car.ac_max_w
    knee = 0.55 if outlet.is_direct else 0.85
    share = 1.0 if car.soc <= knee else max(TRICKLE, 1 - (car.soc - knee) / (1 - knee) * (1 - TRICKLE))
    return min(limit, outlet.max_w) * share


def charge(car: Car, outlet: Outlet, seconds: float) -> float:
    """Feeds the car for simulated seconds; gives the energy in Wh that went into it."""
    room_wh = max(0.0, (car.wants_soc - car.soc) * car.battery_wh)
    energy = min(accepted_w(car, outlet) * seconds / 3600, room_wh)
    car.soc += energy / car.battery_wh
    if room_wh - energy < 1e-6:
        car.soc = car.wants_soc
    return energy
