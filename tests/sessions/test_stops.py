"""Transactions that end: late, twice, nameless, unknown, or with a meter that ran backwards."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from tests.sessions.desk import Desk
from tests.sessions.makers import at, meter, sample, start, stop

from voltkeep.sessions.model.endings import closed_by_platform
from voltkeep.sessions.model.readings import BEGIN


def test_a_stop_ends_the_session_and_a_repeat_changes_nothing() -> None:
    desk = Desk()
    (begun,) = desk.start(start())
    (first,) = desk.stop(stop(begun.transaction_id))
    ended = desk.only()
    (again,) = desk.stop(stop(begun.transaction_id, meter_stop=9999, at=at(9999), received_at=at(9999)))
    assert (first.is_new, again.is_new) == (True, False)
    assert desk.only() == ended
    assert (ended.energy_wh, ended.stop_reason, ended.state) == (5000, "Local", "ended")


def test_an_unknown_transaction_is_salvaged_once_and_answered() -> None:
    desk = Desk()
    first, twin = desk.stop(stop(77), stop(77))
    (later,) = desk.stop(stop(77))
    assert first.is_new
    assert first.session_id == twin.session_id == later.session_id
    assert desk.only().problems == ("start-missing",)
    assert desk.only().energy_wh is None
    assert desk.kinds() == ["start-missing"]


def test_transaction_data_tells_the_beginning_of_a_salvaged_session() -> None:
    desk = Desk()
    desk.stop(stop(77, samples=(sample(30, 1200, context=BEGIN), sample(60, 1300))))
    assert (desk.energy, desk.only().started_at) == (4800, at(30))


def test_another_stations_transaction_is_unknown() -> None:
    desk = Desk()
    (begun,) = desk.start(start())
    desk.stop(stop(begun.transaction_id, station_id=UUID(int=9)))
    assert desk.sessions[begun.session_id].state == "active"
    assert len(desk.sessions) == 2


@pytest.mark.parametrize("habit", [0, -1, None])
def test_a_nameless_stop_ends_the_live_session_and_its_repeat_nothing(habit: int | None) -> None:
    desk = Desk()
    desk.start(start())
    first, twin = desk.stop(stop(habit), stop(habit))
    assert (first.is_new, twin.is_new) == (True, False)
    assert (desk.energy, desk.only().state) == (5000, "ended")


def test_a_nameless_stop_goes_by_token_where_two_cars_charge() -> None:
    desk = Desk("CARD1", "CARD2")
    mine, other = desk.start(start(), start(evse=2, token_uid="CARD2"))
    desk.stop(stop(0, token_uid="card2"))
    assert desk.sessions[mine.session_id].state == "active"
    assert desk.sessions[other.session_id].state == "ended"


def test_a_stop_before_its_start_is_joined_with_it() -> None:
    desk = Desk()
    (ended,) = desk.stop(stop(-1))
    (begun,) = desk.start(start(received_at=at(4000)))
    (again,) = desk.stop(stop(-1))
    session = desk.only()
    assert begun.session_id == ended.session_id == again.session_id
    assert (session.energy_wh, session.state, session.evse) == (5000, "ended", 1)
    assert session.problems == ()
    assert not again.is_new


def test_a_late_stop_corrects_what_the_platform_closed() -> None:
    desk = Desk()
    (begun,) = desk.start(start())
    desk.sessions[begun.session_id] = closed_by_platform(desk.only(), "silent", at(100))
    assert desk.energy is None
    desk.stop(stop(begun.transaction_id, reason="PowerLoss"))
    session = desk.only()
    assert (session.energy_wh, session.ended_at, session.ended_by) == (5000, at(3600), "station")
    assert session.problems == ()
    assert desk.kinds() == ["late-stop"]
    assert desk.moves == ["started", "corrected"]


def test_a_meter_that_ran_backwards_never_makes_negative_energy() -> None:
    desk = Desk()
    (begun,) = desk.start(start())
    desk.stop(stop(begun.transaction_id, meter_stop=400))
    assert desk.energy is None
    assert desk.only().problems == ("meter-backwards",)
    assert desk.kinds() == ["meter-backwards"]


def test_a_stop_of_zero_by_habit_leaves_the_energy_to_the_samples() -> None:
    desk = Desk()
    (begun,) = desk.start(start())
    desk.meter(meter(begun.transaction_id, sample(60, 1700)))
    desk.stop(stop(begun.transaction_id, meter_stop=0))
    assert desk.energy == 700


def test_transaction_end_says_the_register_that_meter_stop_left_out() -> None:
    desk = Desk()
    (begun,) = desk.start(start())
    desk.stop(stop(begun.transaction_id, meter_stop=0, samples=(sample(3600, 2500, context="Transaction.End"),)))
    assert (desk.energy, desk.only().meter_stop_wh) == (1500, 2500)


def test_the_exact_register_is_kept() -> None:
    desk = Desk()
    (begun,) = desk.start(start(meter_start="1000.125"))
    desk.stop(stop(begun.transaction_id, meter_stop="1000.626"))
    assert desk.energy == Decimal("0.501")
    assert desk.only().raw["meter_stop"] == "1000.626"
