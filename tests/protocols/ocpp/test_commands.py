"""Commands reach the station whatever process holds it, once, and every end is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.protocols.ocpp.charge_point import Simulated
from tests.protocols.ocpp.client import Station, knock
from tests.protocols.ocpp.conftest import MakeStation, StartServer

from voltkeep.accounts.model import SYSTEM
from voltkeep.commands.actions.bus_link import BusLink
from voltkeep.commands.actions.issue import issue_command
from voltkeep.commands.actions.kind import CommandKinds
from voltkeep.commands.kinds import KINDS
from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.protocols.ocpp.socket.server import OcppServer
from voltkeep.sessions.kinds import charging_kinds
from voltkeep.stations.actions.visible_to import visible_to

Issue = Callable[..., Awaitable[UUID]]


@pytest.fixture
def issue(database: Database, bus: Bus) -> Issue:
    """`await issue("CP1", "reset", {})` does what the API does; `wakes=False`: the wake-up is lost."""
    registry = CommandKinds([*KINDS, *charging_kinds(())], queue_limit=32)

    async def give(identity: str, action: str, arguments: dict[str, Any], *, wakes: bool = True) -> UUID:
        async with database.transaction() as tx:
            station = await visible_to(tx, SYSTEM, identity)
            command = await issue_command(tx, registry, SYSTEM, station, action, arguments, now=datetime.now(UTC))
        if wakes:
            await BusLink(bus).wake(station.id, station.epoch, command.id)
        return command.id

    return give


async def ended(database: Database, command_id: UUID, within_s: float = 8, *, not_in: str = "queued sent") -> Any:
    """The command's row once it is past the given states."""
    async with asyncio.timeout(within_s):
        while True:
            async with database.transaction() as tx:
                row = await tx.one("select * from command where id = :id", id=command_id)
            if row.state not in not_in.split():
                return row
            await asyncio.sleep(0.01)


@pytest.fixture
async def point(server: OcppServer, make_station: MakeStation) -> Simulated:
    """A connected charge point."""
    await make_station("CP1")
    one = Simulated("CP1", await knock(server.port, "CP1"))
    await one.boot()
    return one


@pytest.fixture
async def token(database: Database, organisation: UUID) -> str:
    """A token that may charge."""
    async with database.transaction() as tx:
        await tx.run(
            "insert into token (id, organisation_id, uid, created_at) values (:id, :o, 'DEADBEEF', now())",
            id=new_id(),
            o=organisation,
        )
    return "DEADBEEF"


@pytest.mark.parametrize(
    ("action", "arguments", "asked", "state"),
    [
        ("start", {"connector": 1, "token": "DEADBEEF"}, "start DEADBEEF 1", "accepted"),
        ("reset", {"type": "hard"}, "reset Hard", "accepted"),
        ("trigger", {"message": "status-notification"}, "trigger StatusNotification", "rejected"),
        ("ocpp.Reset", {"type": "Soft"}, "reset Soft", "accepted"),
        ("ocpp.RemoteStopTransaction", {"transactionId": 5}, "stop 5", "rejected"),
        ("ocpp.GetConfiguration", {}, "GetConfiguration", "accepted"),
    ],
)
async def test_each_kind_reaches_the_station_and_is_judged(
    point: Simulated,
    issue: Issue,
    database: Database,
    token: str,
    action: str,
    arguments: dict[str, Any],
    asked: str,
    state: str,
) -> None:
    row = await ended(database, await issue("CP1", action, arguments))
    assert row.state == state
    assert asked in point.asked
    assert row.answer


async def test_parameters_are_read_and_set_by_their_ids(point: Simulated, issue: Issue, database: Database) -> None:
    read = await ended(database, await issue("CP1", "read-parameters", {}))
    assert (read.state, read.answer["read"]) == ("accepted", 5)
    values = {"maker-special": "off", "heartbeat-interval": 120}
    row = await ended(database, await issue("CP1", "set-parameters", {"values": values}))
    assert row.state == "accepted"
    assert row.answer["statuses"] == {"maker-special": "RebootRequired", "heartbeat-interval": "Accepted"}
    assert sorted(point.changed) == [("HeartbeatInterval", "120"), ("MakerSpecial", "off")]
    async with database.transaction() as tx:
        rows = await tx.rows("select parameter, state from parameter_value where desired is not null")
    assert {row.parameter: row.state for row in rows} == {
        "maker-special": "reboot-required",
        "heartbeat-interval": "in-step",
    }


async def test_a_value_the_station_hasn_t_got_is_rejected(point: Simulated, issue: Issue, database: Database) -> None:
    row = await ended(database, await issue("CP1", "set-parameters", {"values": {"light-intensity": 50}}))
    assert (row.state, row.answer["statuses"]) == ("rejected", {"light-intensity": "NotSupported"})


async def test_the_transaction_turns_a_start_observed(
    station: Station, issue: Issue, database: Database, token: str
) -> None:
    command = await issue("CP1", "start", {"connector": 1, "token": token})
    asked = await station.reply({"status": "Accepted"})
    assert asked[2:] == ["RemoteStartTransaction", {"idTag": token, "connectorId": 1}]
    assert (await ended(database, command)).state == "accepted"
    now = datetime.now(UTC).isoformat()
    await station.ok("StartTransaction", {"connectorId": 1, "idTag": token, "meterStart": 0, "timestamp": now})
    assert (await ended(database, command, not_in="queued sent accepted")).state == "observed"


async def test_one_call_is_in_flight_and_the_others_wait(station: Station, issue: Issue, database: Database) -> None:
    commands = [await issue("CP1", "reset", {}) for _ in range(4)]
    for number in range(4):
        asked = await asyncio.wait_for(station.asked.get(), 5)
        assert await station.is_well(), "messages of the station are answered meanwhile"
        await asyncio.sleep(0.05)
        assert station.asked.empty()
        async with database.transaction() as tx:
            states = [r.state for r in await tx.rows("select state from command order by id")]
        assert states == ["accepted"] * number + ["sent"] + ["queued"] * (3 - number)
        await station.send(f'[3,"{asked[1]}",{{"status":"Accepted"}}]')
        await ended(database, commands[number])


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ('[4,"ID","NotSupported","no",{}]', "failed"),
        ('[3,"ID",{"status":"Perhaps"}]', "failed"),
        ('[3,"ID",{}]', "failed"),
        ('[3,"ID",{"status":"Rejected"}]', "rejected"),
    ],
)
async def test_odd_answers_have_their_end(
    station: Station, issue: Issue, database: Database, answer: str, state: str
) -> None:
    command = await issue("CP1", "reset", {})
    asked = await asyncio.wait_for(station.asked.get(), 5)
    await station.send('[3,"another-id",{"status":"Accepted"}]')
    await station.send(answer.replace("ID", asked[1]))
    row = await ended(database, command)
    assert row.state == state
    assert row.error


async def test_silence_times_out_and_a_late_answer_changes_nothing(
    serving: StartServer, make_station: MakeStation, issue: Issue, database: Database
) -> None:
    await make_station("CP1")
    async with serving(ocpp_call_timeout_s=1) as server:
        station = Station(await knock(server.port, "CP1"))
        assert await station.is_well()
        command = await issue("CP1", "reset", {})
        asked = await asyncio.wait_for(station.asked.get(), 5)
        assert (await ended(database, command)).state == "timed-out"
        await station.send(f'[3,"{asked[1]}",{{"status":"Accepted"}}]')
        assert await station.is_well()
        assert (await ended(database, command)).state == "timed-out"
        await station.close()


async def test_a_lost_connection_leaves_a_write_unknown_and_a_read_waiting(
    server: OcppServer, make_station: MakeStation, issue: Issue, database: Database
) -> None:
    await make_station("CP1")
    station = Station(await knock(server.port, "CP1"))
    assert await station.is_well()
    write = await issue("CP1", "reset", {})
    await asyncio.wait_for(station.asked.get(), 5)
    await station.close()
    assert (await ended(database, write)).state == "unknown"
    station = Station(await knock(server.port, "CP1"))
    assert await station.is_well()
    read = await issue("CP1", "ocpp.GetConfiguration", {})
    await asyncio.wait_for(station.asked.get(), 5)
    await station.close()
    station = Station(await knock(server.port, "CP1"))
    assert (await station.reply({"configurationKey": []}))[2] == "GetConfiguration"
    assert (await ended(database, read)).state == "accepted"
    await station.close()


async def test_commands_wait_for_a_station_that_is_away(
    server: OcppServer, make_station: MakeStation, issue: Issue, database: Database
) -> None:
    await make_station("CP1")
    command = await issue("CP1", "reset", {})
    station = Station(await knock(server.port, "CP1"))
    assert (await station.reply({"status": "Accepted"}))[2] == "Reset"
    assert (await ended(database, command)).state == "accepted"
    await station.close()


async def test_a_lost_wake_up_is_made_good(
    serving: StartServer, make_station: MakeStation, issue: Issue, database: Database
) -> None:
    await make_station("CP1")
    async with serving(offline_after_s=5) as server:
        station = Station(await knock(server.port, "CP1"))
        assert await station.is_well()
        command = await issue("CP1", "reset", {}, wakes=False)
        await station.reply({"status": "Accepted"})
        assert (await ended(database, command)).state == "accepted"
        await station.close()


async def test_the_round_trip_is_quick(station: Station, issue: Issue, database: Database) -> None:
    async def obey() -> None:
        while True:
            await station.reply({"status": "Accepted"}, 30)

    obeying = asyncio.create_task(obey())
    took: list[timedelta] = []
    for _ in range(30):
        row = await ended(database, await issue("CP1", "reset", {}))
        took.append(row.settled_at - row.created_at)
    obeying.cancel()
    assert sorted(took)[len(took) // 2] < timedelta(milliseconds=250)
    assert await station.is_well()
