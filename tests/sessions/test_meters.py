"""Readings while a session lives: totals and phases, registers and intervals, late and doubled."""

from __future__ import annotations

from uuid import UUID

from tests.sessions.desk import Desk
from tests.sessions.makers import at, meter, sample, start, stop

from voltkeep.sessions.model.endings import closed_by_platform
from voltkeep.sessions.model.readings import BEGIN, CLOCK, INTERVAL, POWER, SOC


def charging(**changes: object) -> tuple[Desk, int]:
    desk = Desk()
    (begun,) = desk.start(start(**changes))
    return desk, begun.transaction_id


def test_late_readings_land_in_their_place() -> None:
    desk, transaction_id = charging()
    desk.meter(meter(transaction_id, sample(120, 1900), sample(120, 7000, POWER), sample(120, 40, SOC)))
    desk.meter(meter(transaction_id, sample(60, 1400), sample(60, 11000, POWER), sample(60, 35, SOC)))
    session = desk.only()
    assert (session.energy_wh, session.meter_last_wh, session.meter_last_at) == (900, 1900, at(120))
    assert (session.power_w, session.soc_percent) == (7000, 40)


def test_phases_are_summed_only_where_there_is_no_total() -> None:
    desk, transaction_id = charging()
    phases = [sample(60, value, POWER, phase=phase) for phase, value in (("L1", 1000), ("L2-N", 1100), ("L3", 900))]
    desk.meter(meter(transaction_id, *phases, sample(60, 3.5, POWER, phase="N")))
    assert desk.only().power_w == 3000
    desk.meter(meter(transaction_id, *[sample(70, 500, POWER, phase="L1"), sample(70, 1400, POWER)]))
    assert desk.only().power_w == 1400


def test_intervals_count_once_and_give_way_to_a_register_that_moves() -> None:
    desk, transaction_id = charging(meter_start=0)
    tick = meter(transaction_id, sample(60, 200, INTERVAL), sample(60, 150, INTERVAL, context=CLOCK))
    desk.meter(tick, tick)
    desk.meter(meter(transaction_id, sample(30, 100, INTERVAL)))
    desk.meter(tick)
    assert desk.energy == 300
    desk.meter(meter(transaction_id, sample(90, 320)))
    assert desk.energy == 320


def test_a_stop_of_zero_keeps_the_intervals() -> None:
    desk, transaction_id = charging(meter_start=0)
    desk.meter(meter(transaction_id, sample(60, 200, INTERVAL)))
    desk.stop(stop(transaction_id, meter_stop=0))
    assert desk.energy == 200


def test_a_backwards_reading_is_noted_once_and_lowers_nothing() -> None:
    desk, transaction_id = charging()
    for seconds, wh in ((60, 1800), (120, 1200), (180, 1300)):
        desk.meter(meter(transaction_id, sample(seconds, wh)))
    assert (desk.energy, desk.only().meter_last_wh) == (800, 1300)
    assert desk.kinds() == ["meter-backwards"]


def test_a_spike_is_no_energy() -> None:
    desk, transaction_id = charging()
    desk.meter(meter(transaction_id, sample(60, 4_294_967_295)), meter(transaction_id, sample(90, 1100)))
    assert desk.energy == 100
    assert desk.only().problems == ("meter-implausible",)


def test_transaction_begin_replaces_a_start_of_zero() -> None:
    desk, transaction_id = charging(meter_start=0)
    desk.meter(meter(transaction_id, sample(60, 88_500)))
    desk.meter(meter(transaction_id, sample(0, 88_000, context=BEGIN)))
    assert desk.energy == 500
    desk.stop(stop(transaction_id, meter_stop=89_000))
    assert desk.energy == 1000


def test_the_first_reading_replaces_a_start_of_zero_that_cannot_be() -> None:
    desk, transaction_id = charging(meter_start=0)
    desk.meter(meter(transaction_id, sample(60, 50_000_000)), meter(transaction_id, sample(120, 50_000_700)))
    desk.stop(stop(transaction_id, meter_stop=50_001_000))
    assert desk.energy == 1000
    assert desk.only().problems == ("meter-start-estimated",)


def test_readings_without_transaction_go_to_the_live_session_of_their_evse() -> None:
    desk, _ = charging()
    mine, other, station = desk.meter(
        meter(None, sample(60, 1300)), meter(None, sample(60, 9), evse=2), meter(0, sample(60, 5), evse=0)
    )
    assert mine.session_id == desk.only().id
    assert (other.session_id, station.session_id) == (None, None)
    assert desk.energy == 300


def test_another_stations_transaction_is_telemetry_alone() -> None:
    desk, transaction_id = charging()
    (outcome,) = desk.meter(meter(transaction_id, sample(60, 1300), station_id=UUID(int=9)))
    assert outcome.session_id is None
    assert desk.energy == 0


def test_readings_after_the_stop_fill_in_what_it_left_open() -> None:
    desk, transaction_id = charging()
    desk.stop(stop(transaction_id, meter_stop=None))
    assert desk.energy is None
    desk.meter(meter(transaction_id, sample(1800, 3000)))
    assert (desk.energy, desk.only().state) == (2000, "ended")


def test_a_session_closed_by_a_guess_that_still_meters_is_live_again() -> None:
    desk, transaction_id = charging()
    desk.sessions[desk.only().id] = closed_by_platform(desk.only(), "silent", at(100))
    desk.meter(meter(transaction_id, sample(300, 1600)))
    session = desk.only()
    assert (session.state, session.ended_at, session.energy_wh, session.problems) == ("active", None, 600, ())
    assert desk.kinds() == ["reopened"]


def test_screens_hear_of_figures_once_in_two_seconds() -> None:
    desk, transaction_id = charging()
    for tenth in range(60):
        desk.meter(meter(transaction_id, sample(tenth, 1000 + tenth)), now=at(tenth / 10))
    assert desk.moves.count("metered") == 2


def test_a_clock_that_cannot_be_right_still_shows_power_and_energy() -> None:
    desk, transaction_id = charging()
    stuck = at(-86400 * 9000)
    told = [sample(0, 1300, at=stuck), sample(0, 7000, POWER, at=stuck), sample(0, 50, INTERVAL, at=stuck)]
    desk.meter(meter(transaction_id, *told, received_at=at(60)))
    session = desk.only()
    assert (session.energy_wh, session.power_w, session.meter_last_at, session.interval_wh) == (300, 7000, at(60), 0)
