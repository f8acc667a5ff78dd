"""Bad input gets a precise error and stops nothing else."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from tests.protocols.ocpp.client import Station

from voltkeep.kit.db import Database

NOW = "2026-05-04T12:00:00Z"
START = {"connectorId": 1, "idTag": "B4F62CEF", "meterStart": 0, "timestamp": NOW}
STATUS = {"connectorId": 1, "errorCode": "NoError", "status": "Available"}
SAMPLE = {"timestamp": NOW, "sampledValue": [{"value": "1"}]}


@pytest.mark.parametrize(
    ("action", "payload", "code"),
    [
        ("Nonsense", {}, "NotImplemented"),
        ("StartTransactions", {}, "NotImplemented"),
        ("SecurityEventNotification", {"type": "x", "timestamp": NOW}, "NotSupported"),
        ("RemoteStartTransaction", {"idTag": "A"}, "NotSupported"),
        ("StartTransaction", {k: v for k, v in START.items() if k != "idTag"}, "ProtocolError"),
        ("StartTransaction", {**START, "extra": 1}, "FormationViolation"),
        ("StartTransaction", {**START, "connectorId": "1"}, "TypeConstraintViolation"),
        ("StartTransaction", {**START, "connectorId": True}, "TypeConstraintViolation"),
        ("StartTransaction", {**START, "meterStart": 1.5}, "TypeConstraintViolation"),
        ("StartTransaction", {**START, "idTag": None}, "TypeConstraintViolation"),
        ("StartTransaction", {**START, "idTag": "x" * 21}, "PropertyConstraintViolation"),
        ("StartTransaction", {**START, "connectorId": 0}, "PropertyConstraintViolation"),
        ("StartTransaction", {**START, "connectorId": 10**12}, "PropertyConstraintViolation"),
        ("StartTransaction", {**START, "timestamp": "yesterday"}, "PropertyConstraintViolation"),
        ("StartTransaction", {**START, "idTag": "A\0B"}, "PropertyConstraintViolation"),
        ("StopTransaction", {"transactionId": 1, "meterStop": 1, "timestamp": "-"}, "PropertyConstraintViolation"),
        ("StatusNotification", {**STATUS, "status": "Sleeping"}, "PropertyConstraintViolation"),
        ("StatusNotification", {**STATUS, "connectorId": -1}, "PropertyConstraintViolation"),
        ("MeterValues", {"connectorId": 1, "meterValue": []}, "OccurenceConstraintViolation"),
        (
            "MeterValues",
            {"connectorId": 1, "meterValue": [{**SAMPLE, "sampledValue": []}]},
            "OccurenceConstraintViolation",
        ),
        ("MeterValues", {"connectorId": 1, "meterValue": [SAMPLE] * 1001}, "OccurenceConstraintViolation"),
        ("BootNotification", {"chargePointVendor": "A"}, "ProtocolError"),
        ("Heartbeat", {"extra": 1}, "FormationViolation"),
    ],
)
async def test_a_call_with_a_fault_gets_its_code(
    station: Station, action: str, payload: dict[str, Any], code: str
) -> None:
    answer = await station.call(action, payload)
    assert answer[0] == 4
    assert answer[2] == code
    assert 0 < len(answer[3]) <= 255
    assert isinstance(answer[4], dict)
    assert await station.is_well()


@pytest.mark.parametrize(
    "raw",
    [
        "hello",
        "",
        "{}",
        "[]",
        "[2]",
        "null",
        '[2,7,"Heartbeat",{}]',
        '[9,"a",{}]',
        '[3,"never-asked",{}]',
        '[4,"never-asked","GenericError","",{}]',
        "[" * 2000,
        b"\xff\xfe\x00",
        "x" * 1_000_000,
        "⚡" * 1000,
    ],
)
async def test_a_frame_nobody_can_answer_is_passed_over(station: Station, raw: str | bytes) -> None:
    await station.send(raw)
    assert await station.is_well()
    assert station.answers.empty()


async def test_invalid_utf8_in_a_text_frame_is_answered_and_the_station_stays(station: Station) -> None:
    await station.socket.send(b'[2,"u1","Authorize",{"idTag":"\xff\xfe"}]', text=True)
    answer = await station.answer()
    assert answer[:3] == [4, "u1", "FormationViolation"]
    assert await station.is_well()


async def test_a_megabyte_is_refused_by_its_size_and_the_station_stays(station: Station) -> None:
    await station.send(json.dumps([2, "big", "DataTransfer", {"vendorId": "v", "data": "x" * 1_000_000}]))
    answer = await station.answer()
    assert answer[:3] == [4, "big", "GenericError"]
    assert "262144" in answer[3]
    assert await station.is_well()


async def test_deep_nesting_is_refused(station: Station) -> None:
    await station.send('[2,"deep","DataTransfer",{"vendorId":' + "[" * 500 + "]" * 500 + "}]")
    answer = await station.answer()
    assert answer[:3] == [4, "deep", "FormationViolation"]
    assert await station.is_well()


async def test_emoji_are_text_like_any_other(station: Station, database: Database) -> None:
    assert await station.ok("StatusNotification", {**STATUS, "info": "🔌 готово"}) == {}
    async with database.transaction() as tx:
        assert await tx.value("select info from connector") == "🔌 готово"
    assert (await station.ok("Authorize", {"idTag": "🔑"}))["idTagInfo"]["status"] == "Invalid"


async def test_no_internals_are_told_when_a_handler_fails(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("select secret from table")

    monkeypatch.setattr("voltkeep.protocols.ocpp.v16.desk.authorize", broken)
    answer = await station.call("Authorize", {"idTag": "A"})
    assert answer[0] == 4
    assert answer[2] == "InternalError"
    assert "secret" not in json.dumps(answer)
    assert await station.is_well()


async def test_one_poisoned_item_fails_alone_in_its_batch(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    from voltkeep.protocols.ocpp.v16 import desk

    sound = desk.authorize

    async def picky(tx: Any, asks: Any, now: Any) -> Any:
        if any(ask.uid == "POISON" for ask in asks):
            raise ValueError("poison")
        return await sound(tx, asks, now)

    monkeypatch.setattr(desk, "authorize", picky)
    calls = [json.dumps([2, f"p{n}", "Authorize", {"idTag": "POISON" if n == 1 else "A"}]) for n in range(3)]
    for call in calls:
        await station.send(call)
    answers = [await station.answer() for _ in calls]
    assert [answer[0] for answer in answers] == [3, 4, 3]


async def test_calls_are_answered_in_order(station: Station) -> None:
    actions = ["Heartbeat", "Authorize", "StatusNotification", "Heartbeat"]
    payloads: list[dict[str, Any]] = [{}, {"idTag": "A"}, STATUS, {}]
    for number, (action, payload) in enumerate(zip(actions, payloads, strict=True)):
        await station.send(json.dumps([2, str(number), action, payload]))
    assert [(await station.answer())[1] for _ in actions] == ["0", "1", "2", "3"]


async def test_a_bad_station_doesn_t_slow_a_good_one(station: Station) -> None:
    for _ in range(300):
        await station.send("[2,")
    async with asyncio.timeout(3):
        assert await station.is_well()


async def test_padding_of_c_strings_is_no_part_of_the_text(station: Station, database: Database) -> None:
    boot = {"chargePointVendor": "Maker\0\0", "chargePointModel": "Post\0", "firmwareVersion": "\0"}
    assert (await station.ok("BootNotification", boot))["status"] == "Accepted"
    async with database.transaction() as tx:
        row = await tx.one("select vendor, model, firmware_version from station")
    assert (row.vendor, row.model, row.firmware_version) == ("Maker", "Post", "")
    inside = await station.call("Authorize", {"idTag": "A\0B"})
    assert (inside[0], inside[2]) == (4, "PropertyConstraintViolation")
    assert await station.is_well()
