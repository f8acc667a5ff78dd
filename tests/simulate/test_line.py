"""Simulated stations on real sockets, against a small server made of the independent `ocpp` package."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import Action
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from voltkeep.apps.simulate import line as line_module
from voltkeep.apps.simulate.acknowledgements import AccountFile
from voltkeep.apps.simulate.credentials import Credentials
from voltkeep.apps.simulate.fleet import FleetOptions, make_station, run_fleet
from voltkeep.apps.simulate.line import Line, LineOptions
from voltkeep.apps.simulate.pace import Pace


@dataclass
class Platform:
    """What the small server was told, and the station's connection."""

    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    points: list[Any] = field(default_factory=list)
    credentials: list[str | None] = field(default_factory=list)
    boots: list[str] = field(default_factory=lambda: ["Accepted"] * 1000)
    unanswered: int = 0
    transactions: int = 4000
    server: Server | None = None

    def words(self, action: str) -> list[dict[str, Any]]:
        return [words for name, words in self.told if name == action]


class Peer(ChargePoint):
    """The platform's side of one connection."""

    platform: Platform

    @on(Action.boot_notification)
    def on_boot(self, **words: Any) -> Any:
        self.platform.told.append(("BootNotification", words))
        return call_result.BootNotification(datetime.now(UTC).isoformat(), 1, self.platform.boots.pop(0))

    @on(Action.heartbeat)
    def on_heartbeat(self) -> Any:
        self.platform.told.append(("Heartbeat", {}))
        return call_result.Heartbeat(datetime.now(UTC).isoformat())

    @on(Action.status_notification)
    def on_status(self, **words: Any) -> Any:
        self.platform.told.append(("StatusNotification", words))
        return call_result.StatusNotification()

    @on(Action.authorize)
    def on_authorize(self, id_tag: str) -> Any:
        return call_result.Authorize({"status": "Invalid" if id_tag.startswith("F") else "Accepted"})

    @on(Action.start_transaction)
    async def on_start(self, **words: Any) -> Any:
        self.platform.told.append(("StartTransaction", words))
        await self.maybe_die()
        self.platform.transactions += 1
        return call_result.StartTransaction(self.platform.transactions, {"status": "Accepted"})

    @on(Action.stop_transaction)
    async def on_stop(self, **words: Any) -> Any:
        self.platform.told.append(("StopTransaction", words))
        await self.maybe_die()
        return call_result.StopTransaction()

    @on(Action.meter_values)
    def on_meter_values(self, **words: Any) -> Any:
        self.platform.told.append(("MeterValues", words))
        return call_result.MeterValues()

    async def maybe_die(self) -> None:
        """Breaks the socket instead of answering, as a killed server does."""
        if self.platform.unanswered:
            self.platform.unanswered -= 1
            self._connection.transport.abort()
            raise ConnectionError("killed")


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    told = Platform()

    async def answer(socket: ServerConnection) -> None:
        peer = Peer("station", socket)
        peer.platform = told
        told.points.append(peer)
        assert socket.request is not None
        told.credentials.append(socket.request.headers.get("Authorization"))
        with contextlib.suppress(ConnectionClosed):
            await peer.start()

    async with serve(answer, "127.0.0.1", 0, subprotocols=["ocpp1.6"]) as server:  # type: ignore[list-item]
        told.server = server
        yield told


def address(platform: Platform) -> str:
    assert platform.server is not None
    port = next(iter(platform.server.sockets)).getsockname()[1]
    return f"ws://127.0.0.1:{port}/ocpp"


@contextlib.asynccontextmanager
async def running(platform: Platform, folder: Path, *, speed: float = 20.0, seed: int = 3) -> AsyncIterator[Line]:
    credentials = Credentials(folder / "fleet.json", None, {"SIM-0001": "secret"}, ["CARD1"])
    account = AccountFile(folder / "account.jsonl")
    station = make_station("SIM-0001", seed, ("CARD1",))
    options = LineOptions(address(platform), mishaps=False)
    line = Line(station, options, credentials, account, Pace(speed), "seed")
    task = asyncio.create_task(line.run())
    yield line
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    account.close()


async def until(condition: Any, within_s: float = 15) -> None:
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rhythm of a test rather than of a street."""
    monkeypatch.setattr(line_module, "TICK_S", 0.05)
    monkeypatch.setattr(line_module, "REBOOT_S", 0.2)
    monkeypatch.setattr(line_module, "BACK_OFF_S", (0.05, 0.2))


async def test_it_boots_tells_its_statuses_and_keeps_its_heartbeat(platform: Platform, tmp_path: Path) -> None:
    async with running(platform, tmp_path, speed=1) as line:
        await until(lambda: len(platform.words("StatusNotification")) > len(line.station.connectors))
        await until(lambda: platform.words("Heartbeat") or line.station.configuration.change("HeartbeatInterval", "5"))
        assert platform.words("BootNotification")[0]["charge_point_vendor"] == line.station.character.vendor
        assert platform.credentials == ["Basic U0lNLTAwMDE6c2VjcmV0"]
        assert platform.words("StatusNotification")[0]["connector_id"] == 0


async def test_a_pending_station_asks_again_and_says_nothing_else(platform: Platform, tmp_path: Path) -> None:
    platform.boots[:2] = ["Pending", "Rejected"]
    async with running(platform, tmp_path):
        await until(lambda: platform.words("StatusNotification"))
        assert [name for name, _ in platform.told[:3]] == ["BootNotification"] * 3


async def test_configuration_is_written_read_and_obeyed(platform: Platform, tmp_path: Path) -> None:
    async with running(platform, tmp_path, speed=1):
        await until(lambda: platform.words("StatusNotification"))
        peer = platform.points[0]
        written = await peer.call(call.ChangeConfiguration("MeterValueSampleInterval", "7"))
        assert written.status == "Accepted"
        read = await peer.call(call.GetConfiguration(["MeterValueSampleInterval", "Nonsense"]))
        assert read.configuration_key == [{"key": "MeterValueSampleInterval", "readonly": False, "value": "7"}]
        assert read.unknown_key == ["Nonsense"]
        everything = await peer.call(call.GetConfiguration())
        assert len(everything.configuration_key) > 15


async def test_start_charge_and_stop_from_afar_add_up(platform: Platform, tmp_path: Path) -> None:
    async with running(platform, tmp_path, speed=120) as line:
        await until(lambda: platform.words("StatusNotification"))
        peer = platform.points[0]
        await peer.call(call.ChangeConfiguration("MeterValueSampleInterval", "1"))
        assert (await peer.call(call.RemoteStartTransaction("CARD1", 1))).status == "Accepted"
        await until(lambda: len(platform.words("MeterValues")) >= 2)
        assert (await peer.call(call.TriggerMessage("MeterValues", 1))).status == "Accepted"
        transaction = platform.transactions
        assert (await peer.call(call.RemoteStopTransaction(transaction))).status == "Accepted"
        await until(lambda: platform.words("StopTransaction"))
        stop, start = platform.words("StopTransaction")[0], platform.words("StartTransaction")[0]
        assert stop["transaction_id"] == transaction
        assert stop["reason"] == "Remote"
        assert stop["meter_stop"] > start["meter_start"]
        await until(lambda: line.transactions == {})


async def test_messages_kept_offline_arrive_in_order_once_acknowledged(platform: Platform, tmp_path: Path) -> None:
    async with running(platform, tmp_path, speed=60) as line:
        await until(lambda: platform.words("StatusNotification"))
        line.station.configuration.change("MeterValueSampleInterval", "1")
        await platform.points[0].call(call.RemoteStartTransaction("CARD1", 1))
        platform.unanswered = 2
        await until(lambda: len(platform.words("StartTransaction")) >= 3)
        await until(lambda: platform.words("MeterValues"))
        starts = platform.words("StartTransaction")
        assert all(start == starts[0] for start in starts[:3])
        order = [name for name, _ in platform.told if name in {"StartTransaction", "MeterValues"}]
        assert order.index("MeterValues") > max(i for i, name in enumerate(order[:3]) if name == "StartTransaction")
        lines = [json.loads(row) for row in (tmp_path / "account.jsonl").read_text().splitlines()]
        sent = [row for row in lines if row["step"] == "sent" and row["kind"] == "ChargeStarted"]
        answered = [row for row in lines if row["step"] == "acknowledged" and row["kind"] == "ChargeStarted"]
        assert len(sent) == len(starts)
        assert len(answered) == 1
        assert answered[0]["transaction_id"] == platform.transactions


async def test_a_reset_ends_the_charge_and_boots_again(platform: Platform, tmp_path: Path) -> None:
    async with running(platform, tmp_path, speed=60):
        await until(lambda: platform.words("StatusNotification"))
        await platform.points[0].call(call.RemoteStartTransaction("CARD1", 1))
        await until(lambda: platform.words("StartTransaction"))
        assert (await platform.points[0].call(call.Reset("Hard"))).status == "Accepted"
        await until(lambda: platform.words("StopTransaction"))
        assert platform.words("StopTransaction")[0]["reason"] == "HardReset"
        assert len(platform.words("BootNotification")) == 2


async def test_a_fleet_starts_works_and_says_goodbye(platform: Platform, tmp_path: Path) -> None:
    (tmp_path / "fleet.json").write_text(
        json.dumps({"passwords": {f"SIM-{n:04d}": "pw" for n in range(1, 31)}, "cards": [f"C{n}" for n in range(60)]})
    )
    stop = asyncio.Event()
    options = FleetOptions(30, 1, 400.0, 1.0, address(platform), "http://127.0.0.1:1", None, tmp_path, mishaps=False)
    fleet = asyncio.create_task(run_fleet(options, stop))
    await until(lambda: len(platform.words("BootNotification")) == 30)
    await until(lambda: len(platform.words("StartTransaction")) >= 5, 25)
    stop.set()
    await asyncio.wait_for(fleet, 10)
    assert len(platform.words("StopTransaction")) == len(platform.words("StartTransaction"))
