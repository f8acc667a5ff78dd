"""A charge from boot to stop, by an independent client; what was answered is stored."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from ocpp.v16 import call
from tests.protocols.ocpp.charge_point import Simulated
from tests.protocols.ocpp.client import Station, knock
from tests.protocols.ocpp.conftest import MakeStation

from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.protocols.ocpp.socket.server import OcppServer

BEGIN = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)


def at(minutes: float) -> str:
    """An instant of the charge, as stations write it."""
    return (BEGIN + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


@pytest.fixture
async def token(database: Database, organisation: UUID) -> str:
    """A token that may charge."""
    async with database.transaction() as tx:
        await tx.run(
            "insert into token (id, organisation_id, uid, created_at) values (:id, :o, 'DEADBEEF', :now)",
            id=new_id(),
            o=organisation,
            now=BEGIN,
        )
    return "DEADBEEF"


def meter(minutes: float, *values: dict[str, str]) -> dict[str, Any]:
    """One meterValue."""
    return {"timestamp": at(minutes), "sampledValue": list(values)}


async def test_a_charge_right_to_the_wh(
    server: OcppServer, make_station: MakeStation, token: str, database: Database
) -> None:
    await make_station("CP1")
    socket = await knock(server.port, "CP1")
    point = Simulated("CP1", socket)
    boot = await point.boot()
    assert (boot.status, boot.interval) == ("Accepted", 300)
    assert datetime.fromisoformat(boot.current_time) - datetime.now(UTC) < timedelta(seconds=5)
    for connector in (0, 1, 2):
        await point.call(call.StatusNotification(connector_id=connector, error_code="NoError", status="Available"))
    assert (await point.call(call.Authorize(id_tag="deadbeef"))).id_tag_info["status"] == "Accepted"
    start = await point.call(call.StartTransaction(connector_id=2, id_tag=token, meter_start=1000, timestamp=at(0)))
    assert start.id_tag_info["status"] == "Accepted"
    values = [
        {"value": "1.75", "unit": "kWh"},
        {"value": "7.4", "unit": "kW", "measurand": "Power.Active.Import"},
        {"value": "318.15", "unit": "K", "measurand": "Temperature", "location": "Body"},
        {"value": "nonsense", "measurand": "Voltage", "phase": "L1-N"},
    ]
    await point.call(
        call.MeterValues(connector_id=2, transaction_id=start.transaction_id, meter_value=[meter(5, *values)])
    )
    await point.call(
        call.StopTransaction(
            transaction_id=start.transaction_id,
            meter_stop=3250,
            timestamp=at(20),
            reason="EVDisconnected",
            transaction_data=[meter(20, {"value": "3250", "context": "Transaction.End"})],
        )
    )
    async with database.transaction() as tx:
        session = await tx.one("select * from charging_session")
        ticks = await tx.rows("select * from telemetry_tick order by ts")
        strays = await tx.rows("select * from telemetry_quarantine")
        slots = {row.parameter: row.slot for row in await tx.rows("select * from slot")}
    assert (session.state, session.evse, session.stop_reason, session.energy_wh) == (
        "ended",
        2,
        "EVDisconnected",
        Decimal(2250),
    )
    assert [tick.evse for tick in ticks] == [2, 2]
    first = ticks[0].vals
    assert first[slots["energy-active-import-register"] - 1] == 1750
    assert first[slots["power-active-import"] - 1] == 7400
    assert first[slots["temperature-body"] - 1] == pytest.approx(45)
    assert ticks[1].vals[slots["energy-active-import-register"] - 1] == 3250
    assert [stray.reason for stray in strays] == ["no-number"]
    await socket.close()


async def test_an_invalid_token_still_gets_a_transaction(station: Station) -> None:
    answer = await station.ok("StartTransaction", {"connectorId": 1, "idTag": "X", "meterStart": 0, "timestamp": at(0)})
    assert answer["idTagInfo"]["status"] == "Invalid"
    assert 0 < answer["transactionId"] < 2**31


async def test_a_repeated_start_gets_the_same_answer(station: Station, token: str, database: Database) -> None:
    start = {"connectorId": 1, "idTag": token, "meterStart": 0, "timestamp": at(0)}
    answers = [await station.ok("StartTransaction", start) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from charging_session") == 1


async def test_a_stop_of_an_unknown_transaction_is_answered_and_kept(station: Station, database: Database) -> None:
    stop = {
        "transactionId": 4711,
        "meterStop": 900,
        "timestamp": at(9),
        "transactionData": [meter(9, {"value": "900"})],
    }
    assert await station.ok("StopTransaction", stop) == {}
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from charging_session where state = 'ended'") == 1


@pytest.mark.parametrize(
    "when", ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2026-05-04T12:00:00", "0001-01-01T00:00:00Z"]
)
async def test_odd_times_are_facts_too(station: Station, when: str, database: Database) -> None:
    start = {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": when}
    assert (await station.ok("StartTransaction", start))["transactionId"]
    values = {"connectorId": 1, "meterValue": [{"timestamp": when, "sampledValue": [{"value": "1"}]}]}
    assert await station.ok("MeterValues", values) == {}
    status = {"connectorId": 1, "errorCode": "NoError", "status": "Charging", "timestamp": when}
    assert await station.ok("StatusNotification", status) == {}
    async with database.transaction() as tx:
        assert await tx.value("select status from connector") == "charging"


@pytest.mark.parametrize("value", ["NaN", "1e999", "inf", "12,5", "1_000", "", "0x10", "９"])
async def test_values_that_are_no_numbers_are_set_aside_and_others_kept(
    station: Station, value: str, database: Database
) -> None:
    sampled = [{"value": value, "measurand": "Voltage"}, {"value": "16", "measurand": "Current.Import"}]
    assert await station.ok("MeterValues", {"connectorId": 1, "meterValue": [meter(1, *sampled)]}) == {}
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from telemetry_quarantine") == 1
        assert await tx.value("select 16 = any(vals) from telemetry_tick")


async def test_signed_data_is_kept_as_it_is(station: Station, database: Database) -> None:
    sampled = {"value": "OCMF|{}|{}", "format": "SignedData"}
    assert await station.ok("MeterValues", {"connectorId": 1, "meterValue": [meter(1, sampled)]}) == {}
    async with database.transaction() as tx:
        row = await tx.one("select parameter, value from telemetry_state")
    assert tuple(row) == ("energy-active-import-register-signed", "OCMF|{}|{}")


async def test_unknown_connectors_and_transactions_don_t_disturb(station: Station) -> None:
    values = {"connectorId": 77, "transactionId": -5, "meterValue": [meter(1, {"value": "1"})]}
    assert await station.ok("MeterValues", values) == {}
    assert await station.ok("StopTransaction", {"transactionId": -5, "meterStop": -1, "timestamp": at(1)}) == {}
    assert await station.is_well()


async def test_small_messages_are_answered_by_the_standard(station: Station) -> None:
    assert await station.ok("DataTransfer", {"vendorId": "org.maker"}) == {"status": "UnknownVendorId"}
    assert await station.ok("FirmwareStatusNotification", {"status": "Installed"}) == {}
    assert await station.ok("DiagnosticsStatusNotification", {"status": "Idle"}) == {}


async def test_many_stations_start_at_once(server: OcppServer, make_station: MakeStation, database: Database) -> None:
    stations = []
    for number in range(20):
        await make_station(f"CP{number}")
        stations.append(Station(await knock(server.port, f"CP{number}")))
    start = {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": at(0)}
    answers = await asyncio.gather(*(one.ok("StartTransaction", start) for one in stations))
    async with database.transaction() as tx:
        stored = await tx.rows("select transaction_id from charging_session")
    assert sorted(int(row.transaction_id) for row in stored) == sorted(one["transactionId"] for one in answers)
    for one in stations:
        await one.close()
