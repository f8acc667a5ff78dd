"""Online means a live socket that was heard; epochs tell connections of one station apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from voltkeep.kit.db import Database
from voltkeep.kit.errors import NotVisible
from voltkeep.kit.ids import new_id
from voltkeep.stations.actions.presence import connect, connect_all, disconnect, disconnect_all, heard, sweep_offline
from voltkeep.stations.events import StationConnected, StationDisconnected
from voltkeep.stations.model import Connected, Disconnected

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
Make = Callable[..., Awaitable[UUID]]


async def come(database: Database, station_id: UUID, at: datetime = NOON) -> int:
    async with database.transaction() as tx:
        return await connect(tx, Connected(station_id, "10.0.0.7", "gateway-1", "ocpp1.6"), at)


async def presence(database: Database, station_id: UUID) -> tuple[bool, str | None]:
    async with database.transaction() as tx:
        row = await tx.one("select online, offline_reason from station_presence where station_id = :id", id=station_id)
    return row.online, row.offline_reason


async def history(database: Database, station_id: UUID) -> list[str]:
    async with database.transaction() as tx:
        rows = await tx.rows("select status from status_change where station_id = :id order by id", id=station_id)
    return [row.status for row in rows]


async def test_each_connection_gets_the_next_epoch_and_only_the_newest_can_end(
    database: Database, make_station: Make
) -> None:
    station_id = await make_station()
    assert await come(database, station_id) == 1
    assert await come(database, station_id, NOON + timedelta(seconds=5)) == 2
    async with database.transaction() as tx:
        assert not await disconnect(tx, station_id, 1, "replaced", NOON + timedelta(seconds=6))
        assert tx.events == []
    assert await presence(database, station_id) == (True, None)
    async with database.transaction() as tx:
        assert await disconnect(tx, station_id, 2, "closed", NOON + timedelta(seconds=7))
        assert [type(event) for event in tx.events] == [StationDisconnected]
    assert await presence(database, station_id) == (False, "closed")
    assert await history(database, station_id) == ["online", "online", "offline"]


async def test_a_station_that_does_not_exist_cannot_connect(database: Database, organisation: UUID) -> None:
    with pytest.raises(NotVisible):
        await come(database, new_id())


async def test_silence_puts_a_station_offline_and_a_word_brings_it_back(database: Database, make_station: Make) -> None:
    quiet, loud = await make_station("QUIET"), await make_station("LOUD")
    epochs = {station: await come(database, station) for station in (quiet, loud)}
    later = NOON + timedelta(seconds=61)
    async with database.transaction() as tx:
        await heard(tx, [(loud, epochs[loud], later - timedelta(seconds=3)), (loud, 99, later)], later)
        assert tx.events == []
        assert await sweep_offline(tx, later, 60) == 1
        assert await sweep_offline(tx, later, 60) == 0
    assert await presence(database, quiet) == (False, "silent")
    assert await presence(database, loud) == (True, None)
    async with database.transaction() as tx:
        await heard(tx, [(quiet, epochs[quiet], later + timedelta(seconds=1))], later + timedelta(seconds=2))
        assert [type(event) for event in tx.events] == [StationConnected]
    assert await presence(database, quiet) == (True, None)


async def test_a_late_beat_does_not_revive_a_closed_connection(database: Database, make_station: Make) -> None:
    station_id = await make_station()
    epoch = await come(database, station_id)
    async with database.transaction() as tx:
        await disconnect(tx, station_id, epoch, "closed", NOON)
        await heard(tx, [(station_id, epoch, NOON)], NOON)
    assert await presence(database, station_id) == (False, "closed")


async def test_a_storm_is_taken_in_one_list_with_an_epoch_for_each(database: Database, make_station: Make) -> None:
    one, two, nobody = await make_station("ONE"), await make_station("TWO"), new_id()
    await come(database, two)
    order = [one, two, nobody, one, two]
    storm = [Connected(station, None, f"gateway-{number}", "ocpp1.6") for number, station in enumerate(order)]
    async with database.transaction() as tx:
        assert await connect_all(tx, storm, NOON) == [1, 2, None, 2, 3]
        holder = await tx.value("select gateway from station_presence where station_id = :id", id=one)
        gone = [Disconnected(one, 1, "replaced"), Disconnected(two, 3, "closed"), Disconnected(two, 3, "closed")]
        assert await disconnect_all(tx, gone, NOON) == [False, True, True]
    assert holder == "gateway-3"
    assert await presence(database, one) == (True, None)
    assert await presence(database, two) == (False, "closed")
