"""Sessions in PostgreSQL: once each, whoever races; readings beside them; commands observed."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.event import listen
from tests.sessions.makers import NOW, Place, at, make_place, make_token, meter, sample, start, stop

from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.profiles.actions.slots import SlotCache, slots_of
from voltkeep.sessions.actions.record_meter_values import record_meter_values
from voltkeep.sessions.actions.start_sessions import start_sessions
from voltkeep.sessions.actions.stop_sessions import stop_sessions
from voltkeep.sessions.events import SessionEnded, SessionMetered, SessionStarted
from voltkeep.sessions.model import MeterAsked, StartAsked, StartOutcome, StopAsked, StopOutcome
from voltkeep.sessions.model.readings import INTERVAL, POWER


async def begin(database: Database, *asked: StartAsked) -> list[StartOutcome]:
    async with database.transaction() as tx:
        return await start_sessions(asked, tx=tx, now=NOW)


async def end(database: Database, *asked: StopAsked) -> list[StopOutcome]:
    async with database.transaction() as tx:
        return await stop_sessions(asked, tx=tx, now=at(3600))


async def read(database: Database, *asked: MeterAsked) -> list[UUID | None]:
    async with database.transaction() as tx:
        outcomes = await record_meter_values(asked, tx=tx, slots=SlotCache(), now=at(3600))
    return [outcome.session_id for outcome in outcomes]


async def stored(database: Database) -> list[Any]:
    async with database.transaction() as tx:
        return list(await tx.rows("select * from charging_session order by started_at, id"))


async def test_a_charge_from_start_to_stop(database: Database, place: Place) -> None:
    (begun,) = await begin(database, start(**place.fields, token_uid="card1", meter_start="1000.5"))
    await read(database, meter(begun.transaction_id, sample(60, "1500.75"), sample(60, 7400, POWER), **place.fields))
    (ended,) = await end(database, stop(begun.transaction_id, **place.fields, meter_stop=6000, reason="EVDisconnected"))
    (row,) = await stored(database)
    assert begun.id_tag_info.status == "Accepted"
    assert ended.session_id == row.id == begun.session_id
    assert (row.state, row.energy_wh, row.stop_reason) == ("ended", Decimal("4999.5"), "EVDisconnected")
    assert (row.meter_start_wh, row.meter_last_wh, row.token_id) == (
        Decimal("1000.5"),
        Decimal("1500.75"),
        begun.id_tag_info.token_id,
    )
    assert row.raw["meter_start"] == "1000.5"


async def test_two_processes_that_store_the_same_start_give_one_session(database: Database, place: Place) -> None:
    asked = [start(**place.fields, evse=evse) for evse in range(1, 40)]
    one, two = await asyncio.gather(begin(database, *asked), begin(database, *reversed(asked)))
    assert [o.transaction_id for o in one] == [o.transaction_id for o in reversed(two)]
    assert len(await stored(database)) == len(asked)
    assert sum(o.is_new for o in [*one, *two]) == len(asked)


async def test_a_transaction_id_that_is_taken_is_drawn_again(database: Database, place: Place) -> None:
    drawn = iter([5, 5, 5, 6])
    for evse in (1, 2):
        async with database.transaction() as tx:
            await start_sessions([start(**place.fields, evse=evse)], tx=tx, now=NOW, draw=lambda: next(drawn))
    assert sorted(row.transaction_id for row in await stored(database)) == ["5", "6"]


async def test_a_taken_id_delays_only_its_own_start(database: Database, place: Place) -> None:
    drawn = iter([5, 5, 7, 8])
    async with database.transaction() as tx:
        outcomes = await start_sessions(
            [start(**place.fields, evse=evse) for evse in (1, 2, 3)], tx=tx, now=NOW, draw=lambda: next(drawn)
        )
    assert [outcome.transaction_id for outcome in outcomes] == [5, 8, 7]
    assert len(await stored(database)) == 3


async def test_events_leave_once_for_each_session(database: Database, place: Place) -> None:
    async with database.transaction() as tx:
        first, _ = await start_sessions([start(**place.fields)] * 2, tx=tx, now=NOW)
        await stop_sessions([stop(first.transaction_id, **place.fields)] * 2, tx=tx, now=NOW)
        told = [event for event in tx.events if isinstance(event, SessionStarted | SessionEnded)]
    assert [type(event) for event in told] == [SessionStarted, SessionEnded]
    assert {event.id for event in told} == {first.session_id}
    ended = told[1]
    assert isinstance(ended, SessionEnded)
    assert ended.energy_wh == 5000


async def test_superseding_keeps_one_live_session_an_evse(database: Database, place: Place) -> None:
    await begin(database, start(**place.fields))
    await begin(database, start(**place.fields, at=at(900), received_at=at(900)))
    old, new = await stored(database)
    assert (old.state, old.stop_reason, old.energy_wh) == ("ended", "superseded", None)
    assert new.state == "active"


async def test_unknown_and_nameless_stops_are_kept_once(database: Database, place: Place) -> None:
    asked = [stop(transaction_id, **place.fields) for transaction_id in (99, 0)]
    first = await end(database, *asked)
    again = await end(database, *asked)
    assert [one.session_id for one in first] == [one.session_id for one in again]
    assert [one.is_new for one in (*first, *again)] == [True, True, False, False]
    assert all(row.problems == ["start-missing"] for row in await stored(database))


async def test_a_late_start_finds_its_nameless_stop(database: Database, place: Place) -> None:
    await end(database, stop(0, **place.fields))
    (begun,) = await begin(database, start(**place.fields, received_at=at(5000)))
    await end(database, stop(0, **place.fields))
    (row,) = await stored(database)
    assert (row.id, row.energy_wh, row.state, row.evse) == (begun.session_id, 5000, "ended", 1)


async def test_another_stations_transaction_is_untouched(database: Database, place: Place) -> None:
    async with database.transaction() as tx:
        neighbour = await make_place(tx, "CP2")
    (begun,) = await begin(database, start(**place.fields))
    await end(database, stop(begun.transaction_id, **neighbour.fields))
    found = await read(database, meter(begun.transaction_id, sample(60, 9000), **neighbour.fields))
    mine = next(row for row in await stored(database) if row.id == begun.session_id)
    assert (mine.state, mine.energy_wh) == ("active", 0)
    assert found == [None]


async def test_readings_become_ticks_with_or_without_a_session(database: Database, place: Place) -> None:
    layout = {"layout_no": place.layout_no}
    (begun,) = await begin(database, start(**place.fields))
    asked = [
        meter(begun.transaction_id, sample(60, 1500), sample(60, 20.5, POWER, phase="L1"), **place.fields, **layout),
        meter(424242, sample(61, 77), **place.fields, **layout, evse=2),
        meter(None, sample(62, None, "signed-value", raw="abc\0"), **place.fields, **layout, evse=0),
    ]
    assert await read(database, *asked) == [begun.session_id, None, None]
    await read(database, *asked)
    async with database.transaction() as tx:
        slots = {(slot.parameter, slot.phase): slot.slot for slot in await slots_of(tx, place.layout_no)}
        ticks = {row.evse: row.vals for row in await tx.rows("select evse, vals from telemetry_tick")}
        words = await tx.rows("select value from telemetry_state")
    assert ticks[1][slots[POWER, "L1"] - 1] == 20.5
    assert ticks[2][slots["energy-active-import-register", ""] - 1] == 77
    assert len(ticks) == 2
    assert [row.value for row in words] == ["abc\ufffd"]


async def test_intervals_count_once_over_all_messages(database: Database, place: Place) -> None:
    (begun,) = await begin(database, start(**place.fields, meter_start=0))
    for seconds in (60, 120, 60, 90):
        await read(database, meter(begun.transaction_id, sample(seconds, 100, INTERVAL), **place.fields))
    (row,) = await stored(database)
    assert (row.interval_wh, row.energy_wh) == (300, 300)


async def test_a_start_command_is_observed_and_named_by_its_session(database: Database, place: Place) -> None:
    command_id = new_id()
    async with database.transaction() as tx:
        await tx.run(
            """insert into command (id, organisation_id, station_id, evse, action, arguments, actor_kind, actor_name,
                 state, read_only, created_at, expires_at)
               values (:id, :organisation_id, :station_id, 1, 'start', '{"connector": 1, "token": "CARD1"}', 'system',
                 'test', 'accepted', false, now(), now() + interval '2 minutes')""",
            id=command_id,
            organisation_id=place.organisation_id,
            station_id=place.station_id,
        )
    await begin(database, start(**place.fields, evse=2), start(**place.fields, token_uid="card1"))
    rows = {row.evse: row.command_id for row in await stored(database)}
    async with database.transaction() as tx:
        state = await tx.value("select state from command where id = :id", id=command_id)
    assert rows == {1: command_id, 2: None}
    assert state == "observed"


async def test_metered_is_announced_with_the_figures(database: Database, place: Place) -> None:
    (begun,) = await begin(database, start(**place.fields))
    asked = [meter(begun.transaction_id, sample(60, 1500), sample(60, 7400, POWER), **place.fields)]
    async with database.transaction() as tx:
        await record_meter_values(asked * 3, tx=tx, slots=SlotCache(), now=at(60))
        told = [event for event in tx.events if isinstance(event, SessionMetered)]
    assert [(event.energy_wh, event.power_w) for event in told] == [(500, 7400.0)]


async def test_a_token_that_charges_elsewhere_is_concurrent(database: Database, place: Place) -> None:
    async with database.transaction() as tx:
        other = await make_place(tx, "CP2", place.organisation_id)
        await make_token(tx, place.organisation_id, "CARD2")
    await begin(database, start(**place.fields))
    outcomes = await begin(
        database,
        start(**other.fields, token_uid="card1", one_session_a_token=True),
        start(**other.fields, evse=2, token_uid="CARD2", one_session_a_token=True),
    )
    assert [outcome.id_tag_info.status for outcome in outcomes] == ["ConcurrentTx", "Accepted"]


async def test_a_stop_command_is_observed_by_its_transactions_end(database: Database, place: Place) -> None:
    first, second = await begin(database, start(**place.fields), start(**place.fields, evse=2, token_uid="CARD2"))
    async with database.transaction() as tx:
        for outcome in (first, second):
            await tx.run(
                """insert into command (id, organisation_id, station_id, evse, action, arguments, actor_kind,
                     actor_name, state, read_only, created_at, expires_at)
                   values (:id, :organisation_id, :station_id, 1, 'stop', jsonb_build_object('transaction_id',
                     cast(:transaction_id as bigint)), 'system', 'test', 'accepted', false, now(), now())""",
                id=new_id(),
                organisation_id=place.organisation_id,
                station_id=place.station_id,
                transaction_id=outcome.transaction_id,
            )
    await end(database, stop(first.transaction_id, **place.fields))
    async with database.transaction() as tx:
        rows = await tx.rows("select arguments->>'transaction_id' as id, state from command order by created_at")
    assert {int(row.id): row.state for row in rows} == {
        first.transaction_id: "observed",
        second.transaction_id: "accepted",
    }


async def test_hundreds_of_starts_cost_the_same_few_statements(database: Database, place: Place) -> None:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    listen(database.engine.sync_engine, "before_cursor_execute", note)
    asked = [start(**place.fields, evse=evse) for evse in range(1, 401)]
    outcomes = await begin(database, *asked)
    assert len({outcome.transaction_id for outcome in outcomes}) == 400
    assert len(seen) <= 2


async def test_odd_input_is_stored_and_never_poisons_its_batch(database: Database, place: Place) -> None:
    odd: dict[str, object] = {"evse": 99_999_999, "connector": -5, "token_uid": "\0😀" * 9, "meter_start": "9" * 400}
    strange, sane = await begin(database, start(**place.fields, **odd), start(**place.fields))
    ended = await end(
        database,
        stop(strange.transaction_id, **place.fields, reason="\0why", meter_stop="NaN", token_uid="\0"),
        stop(2**31 - 1, **place.fields, meter_stop=-(2**62), at=NOW.replace(year=9000)),
        stop(sane.transaction_id, **place.fields, samples=(sample(5, "1e14"), sample(6, "-7"))),
    )
    found = await read(
        database,
        meter(sane.transaction_id, sample(5, "NaN"), sample(6, "Infinity"), **place.fields, layout_no=place.layout_no),
        meter(-7, sample(5, "sNaN"), **place.fields, evse=99_999_999, layout_no=place.layout_no),
    )
    rows = {row.id: row for row in await stored(database)}
    assert len(rows) == 3
    assert {row.state for row in rows.values()} == {"ended"}
    assert all(row.energy_wh is None or row.energy_wh >= 0 for row in rows.values())
    assert rows[sane.session_id].energy_wh == 5000
    assert rows[strange.session_id].stop_reason == "\ufffdwhy"
    assert [one.is_new for one in ended] == [True, True, True]
    assert found == [sane.session_id, None]
