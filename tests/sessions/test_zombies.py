"""Live sessions that can't be alive are closed with a reason; what may still charge is left alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.sessions.makers import NOW, Place, at, start, stop

from voltkeep.kit.db import Database
from voltkeep.sessions.actions.close_zombies import close_zombies
from voltkeep.sessions.actions.note_signs import ConnectorSign, note_connector_status, reconcile_after_boots
from voltkeep.sessions.actions.start_sessions import start_sessions
from voltkeep.sessions.actions.stop_sessions import stop_sessions

SIX_HOURS_S = 6 * 3600


@pytest.fixture
async def transaction_id(database: Database, place: Place) -> int:
    """A session that began at NOW on EVSE 1."""
    async with database.transaction() as tx:
        (begun,) = await start_sessions([start(**place.fields)], tx=tx, now=NOW)
    return begun.transaction_id


async def status(database: Database, place: Place, word: str, when: datetime) -> None:
    async with database.transaction() as tx:
        await tx.run(
            """insert into connector (station_id, evse, connector, status, status_at, received_at)
               values (:id, 1, 1, :status, :at, :at)""",
            id=place.station_id,
            status=word,
            at=when,
        )


async def closed_at(database: Database, now: datetime) -> Any:
    async with database.transaction() as tx:
        await close_zombies(tx, now, SIX_HOURS_S)
        return await tx.one("select state, stop_reason, ended_by, energy_wh, problems from charging_session")


@pytest.mark.usefixtures("transaction_id")
async def test_an_idle_connector_closes_the_session_once_the_stop_had_time_to_come(
    database: Database, place: Place
) -> None:
    await status(database, place, "available", at(600))
    assert (await closed_at(database, at(700))).state == "active"
    row = await closed_at(database, at(1000))
    assert (row.state, row.stop_reason, row.ended_by) == ("ended", "connector-available", "platform")
    assert (row.energy_wh, row.problems) == (None, ["stop-missing"])


@pytest.mark.usefixtures("transaction_id")
async def test_a_reboot_closes_nothing_unless_the_connector_is_idle_after_it(database: Database, place: Place) -> None:
    async with database.transaction() as tx:
        await tx.run("update station set booted_at = :at where id = :id", at=at(500), id=place.station_id)
        assert await reconcile_after_boots(tx, [place.station_id], at(500)) == 1
        assert await reconcile_after_boots(tx, [place.station_id], at(510)) == 0
    assert (await closed_at(database, at(3600))).state == "active"
    await status(database, place, "available", at(3700))
    assert (await closed_at(database, at(7200))).stop_reason == "rebooted"


@pytest.mark.usefixtures("transaction_id")
async def test_silence_closes_only_where_the_station_is_reachable(database: Database, place: Place) -> None:
    async with database.transaction() as tx:
        await tx.run("update station_presence set online = false")
    assert (await closed_at(database, at(SIX_HOURS_S + 60))).state == "active"
    async with database.transaction() as tx:
        await tx.run("update station_presence set online = true")
    assert (await closed_at(database, at(SIX_HOURS_S + 60))).stop_reason == "silent"


@pytest.mark.usefixtures("transaction_id")
async def test_a_car_that_is_plugged_in_may_be_silent_for_longer(database: Database, place: Place) -> None:
    await status(database, place, "suspended-ev", at(60))
    assert (await closed_at(database, at(3 * SIX_HOURS_S))).state == "active"
    assert (await closed_at(database, at(4 * SIX_HOURS_S + 60))).stop_reason == "silent"


async def test_a_late_stop_corrects_a_zombie(database: Database, place: Place, transaction_id: int) -> None:
    await closed_at(database, at(SIX_HOURS_S + 60))
    async with database.transaction() as tx:
        await stop_sessions([stop(transaction_id, **place.fields)], tx=tx, now=at(SIX_HOURS_S + 99))
        row = await tx.one("select * from charging_session")
        notes = await tx.rows("select kind from session_note order by at, id")
    assert (row.energy_wh, row.ended_by, row.ended_at, row.problems) == (5000, "station", at(3600), [])
    assert [note.kind for note in notes] == ["zombie-closed", "late-stop"]


@pytest.mark.usefixtures("transaction_id")
async def test_an_idle_connector_is_noted_once(database: Database, place: Place) -> None:
    signs = [ConnectorSign(place.station_id, evse, "available", at(60)) for evse in (1, 2)]
    async with database.transaction() as tx:
        assert await note_connector_status(tx, signs, at(60)) == 1
        assert await note_connector_status(tx, signs, at(61)) == 0
