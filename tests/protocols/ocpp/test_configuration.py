"""After a boot the configuration is read, and what the profile wants is set."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from tests.protocols.ocpp.charge_point import Simulated
from tests.protocols.ocpp.client import Station, knock
from tests.protocols.ocpp.conftest import MakeStation, StartServer

from voltkeep.kit.db import Database

FULL_PARTS = 7


async def values(database: Database, station_id: UUID) -> dict[str, Any]:
    """Rows of the station's parameters."""
    async with database.transaction() as tx:
        rows = await tx.rows("select * from parameter_value where station_id = :id", id=station_id)
    return {row.parameter: row for row in rows}


async def settled(database: Database, station_id: UUID, within_s: float = 10) -> dict[str, Any]:
    """The parameters, once they are known and nothing is pending."""
    async with asyncio.timeout(within_s):
        while not (found := await values(database, station_id)) or any(r.state == "pending" for r in found.values()):
            await asyncio.sleep(0.05)
    return found


async def test_it_is_read_and_set_after_a_boot(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(ocpp_configure=True) as server:
        point = Simulated("CP1", await knock(server.port, "CP1"))
        await point.boot()
        found = await settled(database, station_id)
    assert found["number-of-connectors"].reported == "2"
    assert found["number-of-connectors"].read_only is True
    assert (found["heartbeat-interval"].reported, found["heartbeat-interval"].state) == ("300", "in-step")
    assert found["maker-special"].key == "MakerSpecial"
    assert ("HeartbeatInterval", "300") in point.changed
    assert "WebSocketPingInterval" not in dict(point.changed), "a key the station hasn't got isn't set"


async def test_a_refused_list_of_measurands_is_shortened(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(ocpp_configure=True) as server:
        point = Simulated("CP1", await knock(server.port, "CP1"))
        point.most_measurands = 2
        await point.boot()
        found = await settled(database, station_id)
    lists = [value for key, value in point.changed if key == "MeterValuesSampledData"]
    assert lists[0].count(",") == FULL_PARTS - 1
    assert found["meter-values-sampled-data"].reported == "Energy.Active.Import.Register,Power.Active.Import"
    assert found["meter-values-sampled-data"].state == "in-step"


async def test_a_reconnect_alone_reads_nothing(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(ocpp_configure=True) as server:
        point = Simulated("CP1", await knock(server.port, "CP1"))
        await point.boot()
        await settled(database, station_id)
        again = Simulated("CP1", await knock(server.port, "CP1"))
        await asyncio.sleep(4)
        assert again.asked == []
        assert again.changed == []


async def test_it_can_be_switched_off(serving: StartServer, make_station: MakeStation) -> None:
    await make_station("CP1")
    async with serving(ocpp_configure=False) as server:
        point = Simulated("CP1", await knock(server.port, "CP1"))
        await point.boot()
        await asyncio.sleep(4)
        assert point.asked == []


async def test_a_station_that_refuses_to_give_all_keys_is_asked_in_groups(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(ocpp_configure=True) as server:
        station = Station(await knock(server.port, "CP1"))
        boot = {"chargePointVendor": "Maker", "chargePointModel": "Post"}
        assert (await station.ok("BootNotification", boot))["status"] == "Accepted"
        asked = await asyncio.wait_for(station.asked.get(), 5)
        assert asked[2:] == ["GetConfiguration", {}]
        await station.send(f'[4,"{asked[1]}","PropertyConstraintViolation","too many",{{}}]')
        groups = 0
        async with asyncio.timeout(10):
            while (asked := await station.asked.get())[2] == "GetConfiguration":
                groups += 1
                assert 1 <= len(asked[3]["key"]) <= 10
                known = [key for key in asked[3]["key"] if key == "HeartbeatInterval"]
                listed = [{"key": key, "readonly": False, "value": "60"} for key in known]
                await station.send(f'[3,"{asked[1]}",{_json({"configurationKey": listed})}]')
        assert groups > 3
        assert asked[2:] == ["ChangeConfiguration", {"key": "HeartbeatInterval", "value": "300"}]
        await station.send(f'[3,"{asked[1]}",{{"status":"NotSupported"}}]')
        found = await settled(database, station_id)
        await station.close()
    assert found["heartbeat-interval"].state == "unsupported"


def _json(value: object) -> str:
    import json

    return json.dumps(value)


async def test_what_was_cut_off_behind_the_first_boot_is_read_at_the_next_connection(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    station_id = await make_station("CP1")
    async with serving(ocpp_configure=True) as server:
        point = Simulated("CP1", await knock(server.port, "CP1"))
        await point.boot()
        await point._connection.close()
        assert point.asked == []
        again = Simulated("CP1", await knock(server.port, "CP1"))
        await settled(database, station_id)
        assert again.asked == ["GetConfiguration"]
        third = Simulated("CP1", await knock(server.port, "CP1"))
        await asyncio.sleep(4)
        assert third.asked == []
