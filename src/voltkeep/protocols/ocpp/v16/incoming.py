"""Which message goes to which handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from voltkeep.protocols.ocpp.frames import Call, Code, OcppFault, Schemas
from voltkeep.protocols.ocpp.v16.authorize import Authorize, on_authorize
from voltkeep.protocols.ocpp.v16.boot_notification import BootNotification, on_boot_notification
from voltkeep.protocols.ocpp.v16.data_transfer import DataTransfer, on_data_transfer
from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.diagnostics_status_notification import (
    DiagnosticsStatusNotification,
    on_diagnostics_status_notification,
)
from voltkeep.protocols.ocpp.v16.firmware_status_notification import (
    FirmwareStatusNotification,
    on_firmware_status_notification,
)
from voltkeep.protocols.ocpp.v16.heartbeat import Heartbeat, on_heartbeat
from voltkeep.protocols.ocpp.v16.meter_values import MeterValues, on_meter_values
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.start_transaction import StartTransaction, on_start_transaction
from voltkeep.protocols.ocpp.v16.status_notification import StatusNotification, on_status_notification
from voltkeep.protocols.ocpp.v16.stop_transaction import StopTransaction, on_stop_transaction

Handle = Callable[..., Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that stations send: its shape and its handler."""

    shape: type[msgspec.Struct]
    handle: Handle


INCOMING: dict[str, Incoming] = {
    "Authorize": Incoming(Authorize, on_authorize),
    "BootNotification": Incoming(BootNotification, on_boot_notification),
    "DataTransfer": Incoming(DataTransfer, on_data_transfer),
    "DiagnosticsStatusNotification": Incoming(DiagnosticsStatusNotification, on_diagnostics_status_notification),
    "FirmwareStatusNotification": Incoming(FirmwareStatusNotification, on_firmware_status_notification),
    "Heartbeat": Incoming(Heartbeat, on_heartbeat),
    "MeterValues": Incoming(MeterValues, on_meter_values),
    "StartTransaction": Incoming(StartTransaction, on_start_transaction),
    "StatusNotification": Incoming(StatusNotification, on_status_notification),
    "StopTransaction": Incoming(StopTransaction, on_stop_transaction),
}


async def answer(call: Call, *, schemas: Schemas, station: Speaker, desk: Desk, now: datetime) -> dict[str, Any]:
    """The CALLRESULT's payload. Raises OcppFault for the station's faults, Unavailable when nothing was stored."""
    request, incoming = read(call, schemas)
    return await incoming.handle(request, station=station, desk=desk, now=now)


def read(call: Call, schemas: Schemas) -> tuple[msgspec.Struct, Incoming]:
    """The request checked against its schema, and who handles it. Raises OcppFault with the code of OCPP-J 1.6."""
    incoming = INCOMING.get(call.action)
    if incoming is None:
        known = schemas.knows(call.action)
        code = Code.NOT_SUPPORTED if known else Code.NOT_IMPLEMENTED
        raise OcppFault(code, f"The action {call.action[:60]!r} is {'not supported' if known else 'unknown'}")
    fault = schemas.check_request(call.action, call.payload)
    if fault is not None:
        raise OcppFault(fault.code, fault.description, where=fault.where)
    return msgspec.convert(call.payload, incoming.shape), incoming
