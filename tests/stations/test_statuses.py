"""Statuses come late, doubled, without a time or from a clock that runs ahead; the newest fact is what shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.stations.actions.record_boots import record_boots
from voltkeep.stations.actions.record_statuses import record_statuses
from voltkeep.stations.events import ConnectorStatusChanged
from voltkeep.stations.model import Boot, BootOutcome, StationBoot, StatusOutcome, StatusReport

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
Make = Callable[..., Awaitable[UUID]]
NEW = StatusOutcome(is_new=True, is_current=True, changed=True)
LATE = StatusOutcome(is_new=True, is_current=False, changed=False)
REPEAT = StatusOutcome(is_new=False, is_current=True, changed=False)


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


async def test_late_ones_land_in_history_and_repeats_are_dropped(
    database: Database, make_station: Make, organisation: UUID
) -> None:
    station_id = await make_station()

    def report(status: str, at: datetime | None, received: float, evse: int = 1) -> StatusReport:
        return StatusReport(station_id, organisation, evse, 1, status, "NoError", None, None, at, minute(received))

    async with database.transaction() as tx:
        first = await record_statuses(
            tx,
            [report("available", minute(0), 0), report("charging", minute(2), 2), report("preparing", minute(1), 2)],
            NOON,
        )
        changed = [(event.status, event.evse) for event in tx.events if isinstance(event, ConnectorStatusChanged)]
    assert first == [LATE, NEW, LATE]
    assert changed == [("charging", 1)]
    async with database.transaction() as tx:
        again = await record_statuses(
            tx,
            [report("charging", minute(2), 3), report("available", minute(-5), 3), report("faulted", None, 3, 2)],
            NOON,
        )
        rows = await tx.rows("select evse, status, status_at from connector order by evse")
        count = await tx.value("select count(*) from status_change")
    assert again == [REPEAT, LATE, NEW]
    assert [(row.evse, row.status, row.status_at) for row in rows] == [
        (1, "charging", minute(2)),
        (2, "faulted", minute(3)),
    ]
    assert count == 5


async def test_a_clock_that_runs_ahead_does_not_win_for_ever(
    database: Database, make_station: Make, organisation: UUID
) -> None:
    station_id = await make_station()

    def report(status: str, at: datetime, received: float) -> StatusReport:
        return StatusReport(station_id, organisation, 1, 1, status, "NoError", None, "x\0y", at, minute(received))

    async with database.transaction() as tx:
        await record_statuses(tx, [report("faulted", NOON + timedelta(days=300), 1)], NOON)
        assert await record_statuses(tx, [report("available", minute(2), 2)], NOON) == [NEW]
        row = await tx.one("select status, info from connector")
        kept = await tx.one("select at, info from status_change where status = 'faulted'")
    assert (row.status, row.info) == ("available", "xy")
    assert kept.at == minute(1)
    assert "2027" in kept.info


async def test_the_first_boot_is_told_from_later_ones(database: Database, make_station: Make) -> None:
    station_id, stranger = await make_station(), new_id()
    boot = Boot("Maker", "Model", "S1\0", "1.0", {"chargePointVendor": "Maker", "nul": "a\0b"})
    async with database.transaction() as tx:
        outcomes = await record_boots(
            tx, [StationBoot(station_id, boot, NOON), StationBoot(stranger, boot, NOON)], NOON
        )
        second = await record_boots(tx, [StationBoot(station_id, Boot(None, None, None, "1.1"), minute(1))], NOON)
        row = await tx.one("select vendor, serial_number, firmware_version, booted_at from station")
    assert outcomes == [BootOutcome(station_id, True), BootOutcome(stranger, False)]
    assert second == [BootOutcome(station_id, False)]
    assert tuple(row) == ("Maker", "S1", "1.1", minute(1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_any_order_and_any_repetition_end_in_the_same_state(
    database: Database, make_station: Make, organisation: UUID, data: st.DataObject
) -> None:
    station_id = await make_station(new_id().hex)
    facts = data.draw(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(0, 30), st.sampled_from(["available", "charging", "faulted"])),
            min_size=1,
            max_size=8,
            unique_by=lambda fact: fact[:2],
        )
    )
    arrivals = data.draw(st.permutations(facts + data.draw(st.lists(st.sampled_from(facts), max_size=4))))
    cut = data.draw(st.integers(0, len(arrivals)))
    for batch in (arrivals[:cut], arrivals[cut:]):
        reports = [
            StatusReport(station_id, organisation, evse, 1, status, "NoError", None, None, minute(at), minute(40))
            for evse, at, status in batch
        ]
        async with database.transaction() as tx:
            await record_statuses(tx, reports, NOON)
    async with database.transaction() as tx:
        shown = await tx.rows("select evse, status from connector where station_id = :id", id=station_id)
        kept = await tx.value("select count(*) from status_change where station_id = :id", id=station_id)
    newest = {evse: status for evse, _, status in sorted(facts)}
    assert {row.evse: row.status for row in shown} == newest
    assert kept == len(facts)
