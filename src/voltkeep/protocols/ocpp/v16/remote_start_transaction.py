"""RemoteStartTransaction (OCPP 1.6, section 5.11): asks for a start; only StartTransaction says that it happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ACTION: Final = "RemoteStartTransaction"


def to_payload(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """`token`, and `evse` or `connector` where the station shouldn't choose: EVSE n is connector n of 1.6."""
    payload: dict[str, Any] = {"idTag": arguments["token"]}
    number = arguments.get("evse") or arguments.get("connector")
    if number:
        payload["connectorId"] = int(number)
    return payload
