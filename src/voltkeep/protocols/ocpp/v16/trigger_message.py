"""TriggerMessage (OCPP 1.6, section 5.17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ACTION: Final = "TriggerMessage"
_MESSAGES = (
    "BootNotification",
    "DiagnosticsStatusNotification",
    "FirmwareStatusNotification",
    "Heartbeat",
    "MeterValues",
    "StatusNotification",
)
_BY_WORD = {message.lower(): message for message in _MESSAGES}


def to_payload(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """`message` as the standard or as `boot-notification` writes it; `connector` where one is meant."""
    word = str(arguments["message"])
    payload: dict[str, Any] = {"requestedMessage": _BY_WORD.get(word.replace("-", "").lower(), word)}
    if arguments.get("connector") is not None:
        payload["connectorId"] = int(arguments["connector"])
    return payload
