"""A frame as the protocol log keeps it, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

Direction = Literal["in", "out"]
Kind = Literal["call", "result", "error", "unreadable"]

LONGEST_PAYLOAD = 16_384
MASK = "***"
# Configuration keys whose values open doors (OCPP 1.6 security whitepaper), and names vendors give to such values.
_SECRET_WORDS = ("authorizationkey", "passw", "secret", "apikey", "api_key", "pincode")
_SECRET_BYTES = tuple(word.encode() for word in _SECRET_WORDS)

Noted = tuple[int, datetime, int, Direction, Kind, str | None, str | None, bytes, int, str | None]
"""A frame that waits to be written: station_no, at, seq, direction, kind, message id, action, payload, size, fault."""


@dataclass(frozen=True, slots=True)
class TracedFrame:
    """One frame. `size` is in bytes as it was on the wire; `payload` may be shorter. `seq` orders frames of an instant.

    `fault` says what was wrong with it, or that its answer came too late; None for an ordinary one.
    """

    station_no: int
    at: datetime
    seq: int
    direction: Direction
    kind: Kind
    message_id: str | None
    action: str | None
    payload: str
    size: int
    fault: str | None = None


def masked_bytes(payload: bytes) -> bytes:
    """As `masked`, from the wire's bytes to UTF-8; what is plain and short, as nearly all frames are, stays itself."""
    if len(payload) <= LONGEST_PAYLOAD and payload.isascii() and b"\0" not in payload:
        lower = payload.lower()
        for word in _SECRET_BYTES:
            if word in lower:
                break
        else:
            return payload
    return masked(payload.decode(errors="replace")).encode()


def masked(payload: str) -> str:
    """The text of a frame with secret values replaced, at most `LONGEST_PAYLOAD` characters, fit for PostgreSQL."""
    clean = payload.replace("\x00", "\u2400")
    if _names_secret(clean):
        clean = _without_secrets(clean)
    return clean if len(clean) <= LONGEST_PAYLOAD else clean[:LONGEST_PAYLOAD] + "…"


def _names_secret(text: str) -> bool:
    lower = text.lower()  # with `in`, four times as fast as one expression that ignores case
    return any(word in lower for word in _SECRET_WORDS)


def _without_secrets(payload: str) -> str:
    try:
        parts = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return MASK  # where the secret begins and ends can't be told
    return orjson.dumps(_mask(parts)).decode()


def _mask(node: Any) -> Any:
    """`{"key": "AuthorizationKey", "value": …}` (OCPP) and `{"password": …}` (everybody else)."""
    if isinstance(node, list):
        return [_mask(value) for value in node]
    if not isinstance(node, dict):
        return node
    names_secret = isinstance(node.get("key"), str) and _names_secret(node["key"])
    return {
        name: MASK if (names_secret and name == "value") or _names_secret(name) else _mask(value)
        for name, value in node.items()
    }
