"""Uptime from history alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from voltkeep.stations.model import STATUSES, StatusFact
from voltkeep.stations.model.uptime import Uptime, uptimes

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
END = NOON + timedelta(hours=10)


def fact(hour: float, status: str, evse: int | None = 1, connector: int | None = 1) -> StatusFact:
    at = NOON + timedelta(hours=hour)
    if evse == 0:
        connector = 0
    return StatusFact(UUID(int=1), evse, connector if evse is not None else None, at, at, status, None, None, None)


def test_broken_offline_and_closed_hours_are_not_available() -> None:
    facts = [
        fact(-3, "available"),
        fact(-2, "online", None),
        fact(1, "faulted"),
        fact(2, "charging"),
        fact(4, "offline", None),
        fact(5, "online", None),
        fact(6, "unavailable", 0),
        fact(6.5, "available", 0),
        fact(8, "available", 2),
    ]
    assert uptimes(facts, NOON, END) == [Uptime(1, 1, 7.5 * 3600, 36_000), Uptime(2, 1, 7200, 7200)]


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert uptimes([], NOON, END) == []
    assert uptimes([fact(-1, "online", None)], NOON, END) == []
    late = uptimes([fact(11, "available")], NOON, END)
    assert [one.share for one in late] == [None]


@given(
    st.lists(
        st.tuples(
            st.floats(-5, 12),
            st.one_of(
                st.tuples(st.sampled_from(STATUSES), st.sampled_from([0, 1, 2])),
                st.tuples(st.sampled_from(["online", "offline"]), st.none()),
            ),
        ),
        max_size=20,
    )
)
def test_shares_stay_between_nothing_and_all(rows: list[tuple[float, tuple[str, int | None]]]) -> None:
    facts = [fact(hour, status, evse) for hour, (status, evse) in rows]
    for figure in uptimes(facts, NOON, END):
        assert 0 <= figure.available_s <= figure.known_s + 1e-6
        assert figure.known_s <= 36_000 + 1e-6
