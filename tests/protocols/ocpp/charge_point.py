"""A charge point through the `ocpp` wheel's own client, which knows nothing of this server."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from ocpp.v16.enums import (
    ConfigurationStatus,
    RemoteStartStopStatus,
    ResetStatus,
    TriggerMessageStatus,
)
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

NOW = "2026-05-04T12:00:00Z"


class Simulated(ChargePoint):
    """Keeps a configuration, obeys commands, and remembers what it was asked."""

    def __init__(self, identity: str, connection: ClientConnection) -> None:
        super().__init__(identity, connection, response_timeout=5)
        self.configuration: dict[str, tuple[str, bool]] = {
            "HeartbeatInterval": ("86400", False),
            "MeterValueSampleInterval": ("0", False),
            "MeterValuesSampledData": ("Energy.Active.Import.Register", False),
            "NumberOfConnectors": ("2", True),
            "MakerSpecial": ("on", False),
        }
        self.most_measurands = 99
        self.asked: list[str] = []
        self.changed: list[tuple[str, str]] = []
        self.answers_slowly_s = 0.0
        self.reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            await self.start()

    @on("GetConfiguration")
    async def give(self, key: list[str] | None = None, **_: Any) -> call_result.GetConfiguration:
        self.asked.append("GetConfiguration")
        names = key or list(self.configuration)
        known = [
            {"key": name, "value": self.configuration[name][0], "readonly": self.configuration[name][1]}
            for name in names
            if name in self.configuration
        ]
        return call_result.GetConfiguration(
            configuration_key=known, unknown_key=[name for name in names if name not in self.configuration]
        )

    @on("ChangeConfiguration")
    async def change(self, key: str, value: str) -> call_result.ChangeConfiguration:
        self.changed.append((key, value))
        if key not in self.configuration:
            return call_result.ChangeConfiguration(status=ConfigurationStatus.not_supported)
        if key == "MeterValuesSampledData" and value.count(",") >= self.most_measurands:
            return call_result.ChangeConfiguration(status=ConfigurationStatus.rejected)
        self.configuration[key] = (value, False)
        if key == "MakerSpecial":
            return call_result.ChangeConfiguration(status=ConfigurationStatus.reboot_required)
        return call_result.ChangeConfiguration(status=ConfigurationStatus.accepted)

    @on("RemoteStartTransaction")
    async def begin(self, id_tag: str, connector_id: int | None = None, **_: Any) -> call_result.RemoteStartTransaction:
        self.asked.append(f"start {id_tag} {connector_id}")
        await asyncio.sleep(self.answers_slowly_s)
        return call_result.RemoteStartTransaction(status=RemoteStartStopStatus.accepted)

    @on("RemoteStopTransaction")
    async def finish(self, transaction_id: int) -> call_result.RemoteStopTransaction:
        self.asked.append(f"stop {transaction_id}")
        return call_result.RemoteStopTransaction(status=RemoteStartStopStatus.rejected)

    @on("Reset")
    async def restart(self, type: str) -> call_result.Reset:  # noqa: A002  the name on the wire
        self.asked.append(f"reset {type}")
        return call_result.Reset(status=ResetStatus.accepted)

    @on("TriggerMessage")
    async def trigger(self, requested_message: str, **_: Any) -> call_result.TriggerMessage:
        self.asked.append(f"trigger {requested_message}")
        return call_result.TriggerMessage(status=TriggerMessageStatus.not_implemented)

    async def boot(self) -> call_result.BootNotification:
        """BootNotification, and its answer."""
        return await self.call(
            call.BootNotification(
                charge_point_model="Post",
                charge_point_vendor="Maker",
                charge_point_serial_number="S-1",
                firmware_version="1.2.3",
            )
        )
