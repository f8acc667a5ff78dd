"""What may be asked: arguments are checked before anything waits, and secrets stay secret."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from voltkeep.accounts.model import SYSTEM
from voltkeep.commands.actions.deliver import settle_commands, take_commands
from voltkeep.commands.actions.issue import issue_command
from voltkeep.commands.actions.kind import ArgumentsInvalid, CommandKind, CommandKinds
from voltkeep.commands.kinds import KINDS
from voltkeep.commands.kinds.parameters import ParameterReadOnly
from voltkeep.commands.model import Command, Prepared, Settled, masked
from voltkeep.kit.db import Database
from voltkeep.kit.errors import Invalid
from voltkeep.profiles.actions.values import parameters_of, record_reported
from voltkeep.profiles.actions.versions import profile_version
from voltkeep.profiles.model import ParameterValue, Reported
from voltkeep.stations.model import Station
from voltkeep.stations.permissions import STATION_CONTROL

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def issue(database: Database, kinds: CommandKinds, station: Station) -> Callable[..., Any]:
    async def issue(action: str, arguments: dict[str, Any]) -> Command:
        async with database.transaction() as tx:
            return await issue_command(tx, kinds, SYSTEM, station, action, arguments, now=NOON)

    return issue


async def values(database: Database, station: Station) -> dict[str, ParameterValue]:
    async with database.transaction() as tx:
        version = await profile_version(tx, station.profile_version_id)
        return {one.parameter.id: one for one in await parameters_of(tx, station.id, version)}


@pytest.mark.parametrize(
    ("action", "arguments", "field"),
    [
        ("reset", {"type": "medium"}, "arguments.type"),
        ("reset", {"extra": 1}, "arguments.extra"),
        ("trigger", {}, "arguments.message"),
        ("trigger", {"message": "heartbeat", "connector": 0}, "arguments.connector"),
        ("set-parameters", {"values": {}}, "arguments.values"),
        ("set-parameters", {"values": {"no-such": "1"}}, "arguments.values.no-such"),
        ("set-parameters", {"values": {"heartbeat-interval": "soon"}}, "arguments.values.heartbeat-interval"),
        ("set-parameters", {"values": {"heartbeat-interval": -1}}, "arguments.values.heartbeat-interval"),
        ("set-parameters", {"values": {"local-authorize-offline": 3}}, "arguments.values.local-authorize-offline"),
        ("read-parameters", {"parameters": ["no-such"]}, "arguments.parameters.no-such"),
        ("ocpp.Reset", {"type": "soft"}, "arguments.type"),
        ("ocpp.Reset", {}, "arguments"),
        ("ocpp.ChangeConfiguration", {"key": "A" * 51, "value": ""}, "arguments.key"),
        ("ocpp.GetConfiguration", {"key": [7]}, "arguments.key.0"),
        ("ocpp.RemoteStopTransaction", {"transactionId": "1"}, "arguments.transactionId"),
        ("reset", {"type": "x\0"}, "arguments"),
        ("reset", {"type": "x" * 20_000}, "arguments"),
    ],
)
async def test_bad_arguments_are_refused_with_their_place(
    issue: Callable[..., Any], action: str, arguments: dict[str, Any], field: str
) -> None:
    with pytest.raises(ArgumentsInvalid) as refusal:
        await issue(action, arguments)
    assert refusal.value.arguments["field"] == field


async def test_an_unknown_action_names_those_there_are(issue: Callable[..., Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        await issue("dance", {})
    assert "reset" in str(refusal.value.arguments["known"])


async def test_setting_a_parameter_wants_it_and_gives_the_wire_its_key(
    issue: Callable[..., Any], database: Database, station: Station
) -> None:
    command = await issue("set-parameters", {"values": {"heartbeat-interval": 120, "local-authorize-offline": True}})
    assert command.arguments == {
        "values": {"heartbeat-interval": "120", "local-authorize-offline": "true"},
        "keys": {"heartbeat-interval": "HeartbeatInterval", "local-authorize-offline": "LocalAuthorizeOffline"},
    }
    wanted = (await values(database, station))["heartbeat-interval"]
    assert (wanted.desired, wanted.state, wanted.desired_by) == ("120", "pending", "Voltkeep")


async def test_a_vendor_key_is_set_by_the_name_the_station_gave_it(
    issue: Callable[..., Any], database: Database, station: Station
) -> None:
    async with database.transaction() as tx:
        reports = [
            Reported(station.id, "", 0, "light-mode", "on", False, "Light_Mode"),
            Reported(station.id, "", 0, "serial", "7", True, "Serial"),
        ]
        await record_reported(tx, reports, NOON)
    command = await issue("set-parameters", {"values": {"light-mode": "off"}})
    assert command.arguments["keys"] == {"light-mode": "Light_Mode"}
    with pytest.raises(ParameterReadOnly) as refusal:
        await issue("set-parameters", {"values": {"serial": "8"}})
    assert refusal.value.arguments["reason"] == "station"


@pytest.mark.parametrize(
    ("action", "arguments", "reason"),
    [
        ("set-parameters", {"values": {"number-of-connectors": 3}}, "profile"),
        ("set-parameters", {"values": {"authorization-key": "0123456789abcdef"}}, "own-password"),
        ("ocpp.ChangeConfiguration", {"key": "authorizationKEY", "value": "0123456789abcdef"}, "own-password"),
    ],
)
async def test_what_cannot_be_set_is_refused_with_the_reason(
    issue: Callable[..., Any], action: str, arguments: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ParameterReadOnly) as refusal:
        await issue(action, arguments)
    assert refusal.value.arguments["reason"] == reason


async def test_secrets_reach_the_wire_and_nobody_else(database: Database, station: Station) -> None:
    async def prepare(*_: Any) -> Prepared:
        return Prepared(secrets=("values.wifi",))

    arguments = next(kind for kind in KINDS if kind.name == "set-parameters").arguments
    kinds = CommandKinds([CommandKind("whisper", "Whisper", STATION_CONTROL, arguments, prepare)], queue_limit=3)
    async with database.transaction() as tx:
        asked = {"values": {"wifi": "hush", "open": "x"}}
        command = await issue_command(tx, kinds, SYSTEM, station, "whisper", asked, now=NOON)
        audit = await tx.value("select details::text from audit_entry where action = 'command.whisper'")
    assert "hush" not in audit
    assert masked(command.arguments) == {"values": {"wifi": "••••••", "open": "x"}}
    async with database.transaction() as tx:
        taken = await take_commands(tx, station.id, 1, NOON, 1)
    assert taken[0].arguments["values"] == {"wifi": "hush", "open": "x"}
    answer = {"configurationKey": [{"key": "AuthorizationKey", "readonly": False, "value": "hush"}]}
    async with database.transaction() as tx:
        await settle_commands(tx, [Settled(command.id, "accepted", answer)], NOON)
        row = await tx.one("select arguments, answer, command::text whole from command")
    assert row.arguments["values"] == {"wifi": "••••••", "open": "x"}
    assert "hush" not in row.whole
