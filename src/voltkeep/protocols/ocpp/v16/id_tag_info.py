"""IdTagInfo on the wire (OCPP 1.6, section 7.27)."""

from __future__ import annotations

from typing import Any

from voltkeep.protocols.ocpp.v16.wire_time import to_wire_time
from voltkeep.tokens.model import IdTagInfo

LONGEST_ID_TAG = 20


def to_wire_info(info: IdTagInfo) -> dict[str, Any]:
    """`expiryDate` and `parentIdTag` only where known; a parent longer than 1.6 allows is left out."""
    wire: dict[str, Any] = {"status": info.status}
    if info.expiry is not None:
        wire["expiryDate"] = to_wire_time(info.expiry)
    if info.parent and len(info.parent) <= LONGEST_ID_TAG:
        wire["parentIdTag"] = info.parent
    return wire
