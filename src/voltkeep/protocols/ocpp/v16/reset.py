"""Reset (OCPP 1.6, section 5.14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ACTION: Final = "Reset"


def to_payload(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """`type`: soft or hard."""
    return {"type": "Hard" if str(arguments.get("type", "soft")).lower() == "hard" else "Soft"}
