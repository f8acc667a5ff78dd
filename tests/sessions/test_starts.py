"""Transactions that begin: once each, however often and in whatever order they are told."""

from __future__ import annotations

from uuid import UUID

from tests.sessions.desk import Desk
from tests.sessions.makers import at, meter, sample, start, stop


def test_a_repeat_gets_the_first_outcome_even_in_the_same_batch() -> None:
    desk = Desk()
    first, twin = desk.start(start(), start(token_uid="card1"))
    (later,) = desk.start(start())
    assert first.is_new
    assert not twin.is_new
    assert not later.is_new
    assert first.transaction_id == twin.transaction_id == later.transaction_id
    assert len(desk.sessions) == 1


def test_a_repeat_keeps_the_first_status_though_the_token_was_added_meanwhile() -> None:
    desk = Desk("OTHER")
    assert desk.start(start())[0].id_tag_info.status == "Invalid"
    desk._valid.add("CARD1")
    assert desk.start(start())[0].id_tag_info.status == "Invalid"


def test_an_invalid_token_still_gets_a_transaction() -> None:
    desk = Desk()
    (outcome,) = desk.start(start(token_uid="STRANGER"))
    assert outcome.transaction_id > 0
    assert outcome.id_tag_info.status == "Invalid"
    assert desk.only().problems == ("unauthorised",)


def test_a_new_start_on_a_busy_evse_closes_the_old_session_with_its_last_meter() -> None:
    desk = Desk()
    (old,) = desk.start(start())
    desk.meter(meter(old.transaction_id, sample(60, 1500)))
    (new,) = desk.start(start(at=at(600), received_at=at(600), meter_start=1500))
    closed = desk.sessions[old.session_id]
    assert (closed.state, closed.stop_reason, closed.ended_by) == ("ended", "superseded", "platform")
    assert (closed.energy_wh, closed.ended_at) == (500, at(60))
    assert desk.sessions[new.session_id].state == "active"
    assert desk.kinds() == ["superseded"]


def test_two_starts_for_one_evse_in_one_batch_leave_the_newer_one_live() -> None:
    desk = Desk()
    late, now = desk.start(start(at=at(10), received_at=at(20)), start(at=at(20), received_at=at(20)))
    assert desk.sessions[late.session_id].state == "ended"
    assert desk.sessions[now.session_id].state == "active"


def test_a_late_start_does_not_disturb_the_newer_session_and_its_stop_still_counts() -> None:
    desk = Desk()
    (newer,) = desk.start(start(at=at(7200), received_at=at(7200)))
    (late,) = desk.start(start(received_at=at(7300)))
    assert desk.sessions[newer.session_id].state == "active"
    desk.stop(stop(late.transaction_id, received_at=at(7300)))
    kept = desk.sessions[late.session_id]
    assert (kept.energy_wh, kept.ended_at, kept.ended_by, kept.stop_reason) == (5000, at(3600), "station", "Local")
    assert "stop-missing" not in kept.problems


def test_concurrent_tx_only_where_the_profile_asks_for_it() -> None:
    desk = Desk()
    elsewhere = UUID(int=3)
    first, second, third = desk.start(
        start(one_session_a_token=True),
        start(station_id=elsewhere, one_session_a_token=True),
        start(station_id=elsewhere, evse=2),
    )
    statuses = [one.id_tag_info.status for one in (first, second, third)]
    assert statuses == ["Accepted", "ConcurrentTx", "Accepted"]


def test_a_device_clock_that_cannot_be_right_is_replaced_by_the_time_of_arrival() -> None:
    desk = Desk()
    desk.start(start(at=at(-86400 * 9000)))
    assert desk.only().started_at == at(0)
    assert desk.only().problems == ("clock-wrong",)


def test_odd_input_is_kept_not_refused() -> None:
    desk = Desk()
    desk.start(start(evse=70_000, connector=70_000, token_uid="a\0b😀", meter_start="1e999999"))
    session = desk.only()
    assert (session.evse, session.token_uid, session.meter_start_wh) == (None, "a\ufffdb😀", None)
    assert "odd-connector" in session.problems


def test_a_stuck_clock_does_not_hide_the_next_charge() -> None:
    desk = Desk()
    stuck = at(-86400 * 9000)
    (first,) = desk.start(start(at=stuck, meter_start=0))
    (twin,) = desk.start(start(at=stuck, meter_start=0))
    desk.stop(stop(first.transaction_id, at=stuck))
    (second,) = desk.start(start(at=stuck, meter_start=0, received_at=at(900)))
    (retry,) = desk.start(start(at=stuck, meter_start=0, received_at=at(930)))
    assert twin.transaction_id == first.transaction_id
    assert second.is_new
    assert second.transaction_id == retry.transaction_id != first.transaction_id
    assert len(desk.sessions) == 2


def test_a_clock_set_back_a_little_does_not_make_a_start_late() -> None:
    desk = Desk()
    (ahead,) = desk.start(start(at=at(240)))
    (now,) = desk.start(start(at=at(60), received_at=at(60)))
    assert desk.sessions[ahead.session_id].state == "ended"
    assert desk.sessions[now.session_id].state == "active"
