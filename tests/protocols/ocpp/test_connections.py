"""One connection a station: the newest with valid credentials; presence tells the truth."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from tests.protocols.ocpp.client import Station, knock
from tests.protocols.ocpp.conftest import MakeStation, StartServer
from websockets.exceptions import InvalidStatus

from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.protocols.ocpp.socket.server import OcppServer


async def presence(database: Database, station_id: UUID) -> tuple[bool, int, str | None]:
    async with database.transaction() as tx:
        row = await tx.one("select * from station_presence where station_id = :id", id=station_id)
    return row.online, row.epoch, row.offline_reason


async def closed(station: Station, within_s: float = 5) -> int | None:
    """The close code, once the server has closed."""
    await asyncio.wait_for(station.socket.wait_closed(), within_s)
    return station.socket.close_code


async def until(database: Database, station_id: UUID, *, online: bool, within_s: float = 5) -> str | None:
    """The offline reason, once presence is as wanted."""
    async with asyncio.timeout(within_s):
        while (found := await presence(database, station_id))[0] is not online:
            await asyncio.sleep(0.02)
    return found[2]


async def test_a_new_connection_replaces_the_old_one(
    server: OcppServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    old = Station(await knock(server.port, "CP1"))
    assert await old.is_well()
    new = Station(await knock(server.port, "CP1"))
    assert await closed(old) == 1001
    assert await new.is_well()
    assert await presence(database, station_id) == (True, 2, None)
    await new.close()
    assert await until(database, station_id, online=False) == "closed"


async def test_another_process_replaces_it_too(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(name="gw-1") as one, serving(name="gw-2") as two:
        old = Station(await knock(one.port, "CP1"))
        assert await old.is_well()
        new = Station(await knock(two.port, "CP1"))
        assert await new.is_well()
        assert await closed(old) == 1008
        await asyncio.sleep(0.2)
        assert await presence(database, station_id) == (True, 2, None)
        assert (len(one.gateway.directory), len(two.gateway.directory)) == (0, 1)
        await new.close()


async def test_invalid_credentials_touch_nothing(
    station: Station, server: OcppServer, database: Database, make_station: MakeStation
) -> None:
    assert await station.is_well()
    with pytest.raises(InvalidStatus):
        await knock(server.port, "CP1", "wrong")
    with pytest.raises(InvalidStatus):
        await knock(server.port, "CP1", None)
    assert await station.is_well()
    async with database.transaction() as tx:
        assert await tx.value("select epoch from station_presence") == 1


async def test_a_storm_of_reconnects_leaves_one(
    server: OcppServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    sockets = await asyncio.gather(*(knock(server.port, "CP1") for _ in range(20)))
    await asyncio.sleep(1)
    assert len(server.gateway.directory) == 1
    assert (await presence(database, station_id))[:2] == (True, 20)
    assert sum(socket.close_code is None for socket in sockets) == 1
    for socket in sockets:
        await socket.close()


async def test_a_cut_from_the_bus_closes_the_socket(
    station: Station, bus: Bus, database: Database, server: OcppServer
) -> None:
    assert await station.is_well()
    connection = next(iter(server.gateway.directory))
    await bus.tell(f"station.{connection.speaker.station_id}.1.cut", {"reason": "suspended"})
    assert await closed(station) == 1008
    assert await until(database, connection.speaker.station_id, online=False) == "suspended"


async def test_who_answers_no_ping_is_offline_within_the_time_set(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(offline_after_s=3) as server:
        deaf = Station(await knock(server.port, "CP1"))
        assert await deaf.is_well()
        deaf.socket.transport.pause_reading()
        began = asyncio.get_running_loop().time()
        assert await until(database, station_id, online=False, within_s=8) == "silent"
        assert 2 <= asyncio.get_running_loop().time() - began <= 5.5


async def test_a_quiet_station_that_answers_pings_stays(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(offline_after_s=3) as server:
        quiet = Station(await knock(server.port, "CP1"))
        assert await quiet.is_well()
        await asyncio.sleep(6)
        assert (await presence(database, station_id))[0] is True
        async with database.transaction() as tx:
            age = await tx.value("select extract(epoch from now() - last_message_at) from station_presence")
        assert age < 4
        assert await quiet.is_well()
        await quiet.close()


async def test_a_stop_says_goodbye_and_notes_it(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving() as server:
        station = Station(await knock(server.port, "CP1"))
        assert await station.is_well()
    assert await closed(station) == 1001
    assert await presence(database, station_id) == (False, 1, "gateway-restart")
