"""An onboarding window answers Boot with Pending and changes nothing else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.protocols.ocpp.client import Station, knock

from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.protocols.ocpp.socket.server import OcppServer

BOOT = {"chargePointVendor": "Maker", "chargePointModel": "Post", "firmwareVersion": "9"}


@pytest.fixture
async def window(database: Database, organisation: UUID) -> None:
    """An open window."""
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        await tx.run(
            "insert into onboarding_window (id, organisation_id, opened_at, closes_at) values (:id, :o, :a, :b)",
            id=new_id(),
            o=organisation,
            a=now,
            b=now + timedelta(minutes=5),
        )


@pytest.mark.usefixtures("window")
async def test_boot_is_pending_and_the_rest_is_refused(server: OcppServer, database: Database) -> None:
    station = Station(await knock(server.port, "NEW1", None))
    answer = await station.ok("BootNotification", BOOT)
    assert answer["status"] == "Pending"
    assert answer["interval"] > 0
    for action, payload in (
        ("Heartbeat", {}),
        ("Authorize", {"idTag": "A"}),
        ("StartTransaction", {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": "2026-05-04T12:00:00Z"}),
    ):
        refusal = await station.call(action, payload)
        assert (refusal[0], refusal[2]) == (4, "SecurityError")
    assert (await station.call("BootNotification", {}))[2] == "ProtocolError"
    async with database.transaction() as tx:
        row = await tx.one("select * from station_candidate")
        counts = [
            await tx.value(f"select count(*) from {table}")
            for table in ("station", "station_presence", "charging_session", "status_change")
        ]
    assert row.reason == "onboarding"
    assert "Post" in str(row.boot)
    assert counts == [0, 0, 0, 0]
    await station.close()


@pytest.mark.usefixtures("window")
async def test_once_decided_it_must_come_anew(server: OcppServer, database: Database) -> None:
    station = Station(await knock(server.port, "NEW1", None))
    await station.ok("BootNotification", BOOT)
    async with database.transaction() as tx:
        await tx.run("delete from station_candidate")
    assert (await station.ok("BootNotification", BOOT))["status"] == "Pending"
    await asyncio.wait_for(station.socket.wait_closed(), 5)
    assert station.socket.close_code == 1008


@pytest.mark.usefixtures("window")
async def test_who_stands_inside_leaves_with_the_window(server: OcppServer, database: Database) -> None:
    station = Station(await knock(server.port, "NEW1", None))
    await station.ok("BootNotification", BOOT)
    async with database.transaction() as tx:
        await tx.run("update onboarding_window set closes_at = now() - interval '1 s'")
    assert (await station.ok("BootNotification", BOOT))["status"] == "Pending"
    await asyncio.wait_for(station.socket.wait_closed(), 5)
    assert station.socket.close_code == 1008


@pytest.mark.usefixtures("window")
async def test_who_says_nothing_makes_room(server: OcppServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voltkeep.protocols.ocpp.socket.onboarding._LONGEST_SILENCE_S", 0.3)
    station = Station(await knock(server.port, "NEW1", None))
    await asyncio.wait_for(station.socket.wait_closed(), 5)
    assert station.socket.close_code == 1001
