"""Cars take what physics and the outlet allow."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltkeep.apps.simulate.cars import ARRIVALS_PER_HOUR, Car, accepted_w, charge, draw_car, seconds_to_next_car
from voltkeep.apps.simulate.characters import Outlet

AC = Outlet(22_000, 3)
DC = Outlet(150_000, 0)


def car(soc: float, *, wants: float = 1.0) -> Car:
    return Car(60_000, soc, wants, 11_000, 120_000, 5, 3600, None, "CARD", is_foreign=False)


def test_power_is_the_least_of_car_and_outlet_and_tapers_to_nothing() -> None:
    assert accepted_w(car(0.2), AC) == 11_000
    assert accepted_w(car(0.2), DC) == 120_000
    assert accepted_w(car(0.2), Outlet(3_700, 1)) == 3_700
    falling = [accepted_w(car(soc), DC) for soc in (0.55, 0.7, 0.8, 0.9, 0.99)]
    assert falling == sorted(falling, reverse=True)
    assert falling[-1] < 0.1 * falling[0]
    assert accepted_w(car(1.0), DC) == 0.0


@given(seed=st.integers(), step_s=st.floats(1, 600))
def test_energy_that_went_in_is_what_the_battery_gained(seed: int, step_s: float) -> None:
    one = draw_car(random.Random(seed), ("A",))
    one.soc = min(one.soc, one.wants_soc)
    begin, given_wh = one.soc, 0.0
    for _ in range(50):
        given_wh += charge(one, DC, step_s)
        assert one.soc <= one.wants_soc
    assert given_wh == pytest.approx((one.soc - begin) * one.battery_wh, abs=0.01)


def test_a_charge_ends_full_and_then_takes_nothing() -> None:
    one = car(0.79, wants=0.8)
    assert charge(one, DC, 3600) == pytest.approx(600, abs=0.01)
    assert one.is_full
    assert charge(one, DC, 3600) == 0.0


def test_more_cars_come_in_the_evening_than_at_night() -> None:
    def mean(hour: int) -> float:
        rng = random.Random(5)
        return sum(seconds_to_next_car(rng, hour) for _ in range(500)) / 500

    assert mean(3) > 5 * mean(18)
    assert len(ARRIVALS_PER_HOUR) == 24


def test_some_cards_are_unknown_and_a_seed_gives_the_same_cars() -> None:
    def cards(seed: int) -> list[str]:
        rng = random.Random(seed)
        return [draw_car(rng, ("A", "B")).card for _ in range(400)]

    assert cards(1) == cards(1)
    assert cards(1) != cards(2)
    foreign = [card for card in cards(1) if card not in {"A", "B"}]
    assert 2 <= len(foreign) <= 40
