"""RemoteStopTransaction (OCPP 1.6, section 5.12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ACTION: Final = "RemoteStopTransaction"


def to_payload(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """`transaction_id`, as the number that StartTransaction was answered with."""
    return {"transactionId": int(arguments["transaction_id"])}
