"""The database goes away: nothing is acknowledged that isn't stored, and all goes on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import make_url
from tests.protocols.ocpp.client import Station, knock
from tests.protocols.ocpp.conftest import MakeStation, StartServer
from tests.protocols.ocpp.proxy import Proxy
from websockets.exceptions import InvalidStatus

from voltkeep.kit.db import Database


@pytest.fixture
async def proxy(database_url: str) -> AsyncIterator[Proxy]:
    """A way to the test's database that can be cut."""
    with psycopg.connect(database_url) as connection:
        one = Proxy(connection.info.host, connection.info.port)
    await one.up()
    yield one
    await one.down()


@pytest.fixture
async def fragile(proxy: Proxy, database_url: str) -> AsyncIterator[Database]:
    """The database as the server sees it, through the proxy."""
    url = make_url(database_url).set(host="127.0.0.1", port=proxy.port, query={})
    pool = Database(url.render_as_string(hide_password=False), pool_size=4, name="fragile")
    yield pool
    await pool.close()


def start(number: int) -> dict[str, object]:
    """A start that can be told from others by its meter."""
    now = datetime.now(UTC).replace(microsecond=number).isoformat()
    return {"connectorId": number % 3 + 1, "idTag": f"T{number}", "meterStart": number, "timestamp": now}


async def test_nothing_is_acknowledged_while_the_database_is_away(
    serving: StartServer, make_station: MakeStation, fragile: Database, proxy: Proxy, database: Database
) -> None:
    await make_station("CP1")
    await make_station("CP2")
    async with serving(over=fragile) as server:
        station = Station(await knock(server.port, "CP1"))
        assert "transactionId" in await station.ok("StartTransaction", start(1))
        await proxy.down()
        for number in (2, 3):
            answer = await station.call("StartTransaction", start(number))
            assert answer[0] == 4
            assert answer[2] == "InternalError"
            assert "psycopg" not in answer[3]
        assert await station.is_well(), "a heartbeat needs no database"
        with pytest.raises(InvalidStatus) as caught:
            await knock(server.port, "CP2")
        assert caught.value.response.status_code == 503
        await proxy.up()
        assert "transactionId" in await station.ok("StartTransaction", start(2))
        second = Station(await knock(server.port, "CP2"))
        assert await second.is_well()
        async with database.transaction() as tx:
            rows = await tx.rows("select token_uid from charging_session order by token_uid")
        assert [row.token_uid for row in rows] == ["T1", "T2"]
        await second.close()
        await station.close()


async def test_acknowledged_is_stored_through_cuts_at_any_moment(
    serving: StartServer, make_station: MakeStation, fragile: Database, proxy: Proxy, database: Database
) -> None:
    acknowledged: set[str] = set()
    sent: set[str] = set()

    async def work(station: Station, first: int) -> None:
        for number in range(first, first + 60):
            payload = start(number)
            while True:
                sent.add(str(payload["idTag"]))
                answer = await station.call("StartTransaction", payload)
                if answer[0] == 3:
                    acknowledged.add(str(payload["idTag"]))
                    break
                await asyncio.sleep(0.05)

    async with serving(over=fragile) as server:
        stations = []
        for number in range(5):
            await make_station(f"CP{number}")
            stations.append(Station(await knock(server.port, f"CP{number}")))
            assert await stations[-1].is_well()
        working = asyncio.gather(*(work(one, n * 1000) for n, one in enumerate(stations)))
        for pause in (0.05, 0.13, 0.21):
            await asyncio.sleep(pause)
            await proxy.down()
            await asyncio.sleep(0.2)
            await proxy.up()
        await asyncio.wait_for(working, 60)
        async with database.transaction() as tx:
            rows = await tx.rows("select token_uid, count(*) n from charging_session group by token_uid")
        stored = {row.token_uid for row in rows}
        assert acknowledged <= stored <= sent
        assert len(acknowledged) == 300
        assert all(row.n == 1 for row in rows)
        for one in stations:
            await one.close()


async def test_presence_is_right_again_afterwards(
    serving: StartServer, make_station: MakeStation, fragile: Database, proxy: Proxy, database: Database
) -> None:
    await make_station("CP1")
    async with serving(over=fragile, offline_after_s=5) as server:
        station = Station(await knock(server.port, "CP1"))
        assert await station.is_well()
        await proxy.down()
        await asyncio.sleep(2.5)
        await proxy.up()
        await asyncio.sleep(4)
        async with database.transaction() as tx:
            age = await tx.value("select extract(epoch from now() - last_message_at) from station_presence")
        assert age < 4
        await station.close()
