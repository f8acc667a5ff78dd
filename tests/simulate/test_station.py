"""A station's life without a socket: the same seed tells the same story, and every story is consistent."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

from voltkeep.apps.simulate.characters import CHARACTERS, REGISTER, Character
from voltkeep.apps.simulate.facts import CardShown, ChargeStarted, ChargeStopped, Fact, MeterRead, StatusChanged
from voltkeep.apps.simulate.outbox import Outbox
from voltkeep.apps.simulate.pace import Moment
from voltkeep.apps.simulate.station import Station

BEGAN = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
STREET, FAST, HOME = CHARACTERS


def moment(second: float) -> Moment:
    return Moment(BEGAN + timedelta(seconds=second), second, (BEGAN + timedelta(seconds=second)).hour)


def make(character: Character = FAST, seed: int = 7) -> Station:
    return Station("SIM-0001", character, ("CARD1", "CARD2"), random.Random(seed))


def live(station: Station, seconds: range, *, transaction: int = 500) -> list[Fact]:
    """Everything that happens while the platform accepts every card the fleet knows."""
    told: list[Fact] = []
    for second in seconds:
        fresh = station.step(moment(second))
        while fresh:
            told.extend(fresh)
            answers: list[Fact] = []
            for fact in fresh:
                if isinstance(fact, CardShown):
                    known = fact.card.startswith("CARD")
                    answers += station.card_answered(fact.connector, fact.card, accepted=known, now=moment(second))
                elif isinstance(fact, ChargeStarted):
                    answers += station.started(
                        fact.charge, transaction + fact.charge, accepted=True, now=moment(second)
                    )
            fresh = answers
    return told


def wh(reading: MeterRead) -> int:
    value = next(sample for sample in reading.samples if sample.measurand == REGISTER)
    return round(float(value.value) * (1000 if value.unit == "kWh" else 1))


def test_the_same_seed_tells_the_same_story() -> None:
    day = range(0, 86_400, 5)
    assert live(make(), day) == live(make(), day)
    assert live(make(), day) != live(make(seed=8), day)


def test_a_day_has_charges_whose_registers_only_grow() -> None:
    for character in CHARACTERS:
        told = live(make(character), range(0, 2 * 86_400, 5))
        starts = {fact.charge: fact for fact in told if isinstance(fact, ChargeStarted)}
        stops = {fact.charge: fact for fact in told if isinstance(fact, ChargeStopped)}
        assert len(stops) >= 3
        assert set(stops) <= set(starts)
        for number, stop in stops.items():
            seen = [wh(fact) for fact in told if isinstance(fact, MeterRead) and fact.charge == number]
            row = [starts[number].meter_wh, *seen, stop.meter_wh]
            assert row == sorted(row)
        assert sum(stop.meter_wh - starts[number].meter_wh for number, stop in stops.items()) > 1000


def test_statuses_follow_the_life_of_a_charge() -> None:
    told = live(make(), range(0, 2 * 86_400, 5))
    words = [fact.status for fact in told if isinstance(fact, StatusChanged)]
    followers = {
        "Preparing": {"Charging", "Available"},
        "Charging": {"SuspendedEV", "Finishing"},
        "SuspendedEV": {"Charging", "Finishing"},
        "Finishing": {"Available"},
        "Available": {"Preparing"},
    }
    assert {"Preparing", "Charging", "SuspendedEV", "Finishing", "Available"} <= set(words)
    for before, after in itertools.pairwise(words):
        assert after in followers[before]


def test_the_sampling_interval_and_measurands_are_obeyed() -> None:
    station = make()
    station.configuration.change("MeterValueSampleInterval", "30")
    station.configuration.change("MeterValuesSampledData", f"{REGISTER},SoC,Temperature")
    readings = [fact for fact in live(station, range(40_000)) if isinstance(fact, MeterRead)]
    assert {sample.measurand for reading in readings for sample in reading.samples} == {REGISTER, "SoC", "Temperature"}
    pairs = [(a, b) for a, b in itertools.pairwise(readings) if a.charge == b.charge]
    assert {(b.at - a.at).total_seconds() for a, b in pairs} == {30.0}
    station.configuration.change("MeterValueSampleInterval", "0")
    assert not any(isinstance(fact, MeterRead) for fact in live(station, range(40_000, 60_000)))


def test_a_remote_start_charges_with_the_told_card_and_a_remote_stop_ends_it() -> None:
    station = make(STREET)
    assert station.remote_start(2, "FROM-AFAR", moment(0))
    assert not station.remote_start(2, "ANOTHER", moment(0))
    assert not station.remote_start(3, "CARD1", moment(0))
    told = live(station, range(120))
    start = next(fact for fact in told if isinstance(fact, ChargeStarted) and fact.connector == 2)
    assert start.card == "FROM-AFAR"
    assert station.remote_stop(999, moment(120)) is None
    facts = station.remote_stop(500 + start.charge, moment(120))
    assert facts is not None
    stop = facts[0]
    assert isinstance(stop, ChargeStopped)
    assert (stop.reason, stop.charge) == ("Remote", start.charge)
    assert station.remote_stop(500 + start.charge, moment(121)) is None


def test_a_card_the_platform_refuses_in_its_answer_ends_the_charge() -> None:
    station = make(HOME)
    station.remote_start(1, "GONE", moment(0))
    told = [fact for second in range(60) for fact in station.step(moment(second))]
    start = next(fact for fact in told if isinstance(fact, ChargeStarted))
    facts = station.started(start.charge, 77, accepted=False, now=moment(60))
    assert [fact.reason for fact in facts if isinstance(fact, ChargeStopped)] == ["DeAuthorized"]


def test_a_power_cut_ends_a_charge_except_where_the_make_goes_on() -> None:
    for character, ends in ((STREET, 0), (FAST, 1)):
        station = make(character)
        station.remote_start(1, "CARD1", moment(0))
        live(station, range(60))
        facts = station.shut_down("PowerLoss", moment(60))
        assert sum(isinstance(fact, ChargeStopped) for fact in facts) == ends


def test_a_stop_carries_the_registers_of_begin_and_end() -> None:
    told = live(make(FAST), range(0, 86_400, 5))
    stop = next(fact for fact in told if isinstance(fact, ChargeStopped))
    start = next(fact for fact in told if isinstance(fact, ChargeStarted) and fact.charge == stop.charge)
    assert [wh(reading) for reading in stop.readings] == [start.meter_wh, stop.meter_wh]
    contexts = [reading.samples[0].context for reading in stop.readings]
    assert contexts == ["Transaction.Begin", "Transaction.End"]


def test_an_outbox_drops_old_readings_but_never_a_start_or_a_stop() -> None:
    box = Outbox(limit=10)
    start = ChargeStarted(1, 1, "C", 0, BEGAN)
    stop = ChargeStopped(1, 1, 5, BEGAN, "Local")
    box.put([start, *(MeterRead(1, 1, BEGAN + timedelta(seconds=n), ()) for n in range(30)), stop])
    assert (len(box), box.dropped) == (10, 22)
    left = []
    while (fact := box.first()) is not None:
        left.append(fact)
        box.done()
    assert (left[0], left[-1]) == (start, stop)
    assert [fact.at for fact in left] == [*sorted(fact.at for fact in left[:-1]), stop.at]


def test_going_offline_keeps_what_must_arrive_and_gives_back_waiting_cards() -> None:
    box = Outbox()
    start = ChargeStarted(1, 1, "C", 0, BEGAN)
    box.put([StatusChanged(1, "Preparing", BEGAN), CardShown(1, "C"), start])
    assert box.go_offline() == [CardShown(1, "C")]
    assert (len(box), box.first()) == (1, start)
