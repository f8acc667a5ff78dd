"""Between the bytes of an OCPP-J frame and its parts; a fault is a value here, never an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson

from voltkeep.protocols.ocpp.frames.faults import Code, Fault

CALL, CALL_RESULT, CALL_ERROR = 2, 3, 4
# OCPP-J 1.6, 4.1.4 says 36; stations with longer ids exist and lose nothing by it.
LONGEST_ID = 64
_ID_AT_START = re.compile(rb'^\s*\[\s*([0-9]+)\s*,\s*"((?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*)"')


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one frame: bytes, and levels of nesting below the frame's own array."""

    most_bytes: int = 262_144
    most_levels: int = 16


@dataclass(frozen=True, slots=True)
class Call:
    """A request; the payload isn't checked against its schema yet."""

    id: str
    action: str
    payload: Any


@dataclass(frozen=True, slots=True)
class CallResult:
    """An answer to a request of ours."""

    id: str
    payload: Any


@dataclass(frozen=True, slots=True)
class CallError:
    """A refusal of a request of ours."""

    id: str
    code: str
    description: str
    details: Any


@dataclass(frozen=True, slots=True)
class Faulty:
    """A frame that can't be used. With an `id` it is answered by a CALLERROR, else only counted and traced.

    `kind` is the message type where it could be read; only a CALL gets an answer (OCPP-J 1.6, 4.1.3: ignore others).
    """

    fault: Fault
    id: str | None = None
    kind: int | None = None
    action: str | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the sender waits for an answer that we can address."""
        return self.id is not None and self.kind == CALL


Frame = Call | CallResult | CallError | Faulty


def decode(raw: bytes, limits: Limits) -> Frame:
    """The parts of one frame, checked for size, nesting, shape and characters that PostgreSQL can't hold."""
    if len(raw) > limits.most_bytes:
        text = f"The frame has {len(raw)} bytes, at most {limits.most_bytes} are taken"
        return _unread(raw, Fault(Code.GENERIC_ERROR, text))
    try:
        parts = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return _unread(raw, Fault(Code.FORMATION_VIOLATION, f"Not JSON: {error}"[:255]))
    if not isinstance(parts, list):
        return Faulty(Fault(Code.FORMATION_VIOLATION, "A frame is a JSON array"))
    if not _is_flat_enough(raw, parts, limits.most_levels):
        return _unread(raw, Fault(Code.FORMATION_VIOLATION, f"Nested deeper than {limits.most_levels} levels"))
    return _sort(raw, parts)


def _sort(raw: bytes, parts: list[Any]) -> Frame:
    kind = parts[0] if parts and type(parts[0]) is int else None
    message_id = parts[1] if len(parts) > 1 else None
    if not isinstance(message_id, str) or not 0 < len(message_id) <= LONGEST_ID or "\x00" in message_id:
        text = f"The message id must be a string of 1 to {LONGEST_ID} characters"
        return Faulty(Fault(Code.FORMATION_VIOLATION, text), kind=kind)
    if kind not in {CALL, CALL_RESULT, CALL_ERROR}:
        return Faulty(Fault(Code.PROTOCOL_ERROR, "Unknown message type"), message_id, kind)
    if b"\\u0000" in raw:
        # Firmware in C hands over its buffers, terminator and all: that is no part of the text.
        parts = _unpadded(parts)
    if b"\\u0000" in raw and _has_nul(parts):
        text = "The character NUL is not allowed inside text"
        return Faulty(Fault(Code.PROPERTY_CONSTRAINT_VIOLATION, text), message_id, kind, _action_of(parts))
    if kind == CALL:
        return _to_call(parts, message_id)
    return _to_answer(parts, message_id, kind)


def _to_call(parts: list[Any], message_id: str) -> Frame:
    if len(parts) != 4:
        fault = Fault(Code.FORMATION_VIOLATION, f"A CALL has 4 elements, this has {len(parts)}")
        return Faulty(fault, message_id, CALL, _action_of(parts))
    action, payload = parts[2], parts[3]
    if not isinstance(action, str):
        return Faulty(Fault(Code.FORMATION_VIOLATION, "The action must be a string"), message_id, CALL)
    if not isinstance(payload, dict):
        fault = Fault(Code.FORMATION_VIOLATION, "The payload must be a JSON object")
        return Faulty(fault, message_id, CALL, action[:64])
    return Call(message_id, action, payload)


def _to_answer(parts: list[Any], message_id: str, kind: int) -> Frame:
    if kind == CALL_RESULT and len(parts) == 3 and isinstance(parts[2], dict):
        return CallResult(message_id, parts[2])
    if kind == CALL_ERROR and len(parts) >= 3 and isinstance(parts[2], str):
        description = parts[3] if len(parts) > 3 and isinstance(parts[3], str) else ""
        return CallError(message_id, parts[2][:64], description[:255], parts[4] if len(parts) > 4 else {})
    return Faulty(Fault(Code.FORMATION_VIOLATION, "An answer without its parts"), message_id, kind)


def _unread(raw: bytes, fault: Fault) -> Faulty:
    """A fault of a frame that isn't parsed; type and id are looked for in its first bytes."""
    found = _ID_AT_START.match(raw[:512])
    if found is None or len(found[1]) > 2:
        return Faulty(fault)
    try:
        message_id = orjson.loads(b'"' + found[2] + b'"')
    except orjson.JSONDecodeError:
        return Faulty(fault, kind=int(found[1]))
    return Faulty(fault, message_id if 0 < len(message_id) <= LONGEST_ID else None, int(found[1]))


def _action_of(parts: list[Any]) -> str | None:
    return parts[2][:64] if len(parts) > 2 and isinstance(parts[2], str) and "\x00" not in parts[2] else None


def _is_flat_enough(raw: bytes, parts: list[Any], most: int) -> bool:
    if raw.count(b"[") + raw.count(b"{") <= most:
        return True
    level: list[Any] = [parts]
    for _ in range(most + 1):
        level = [child for node in level for child in _children(node)]
        if not level:
            return True
    return False


def _children(node: Any) -> list[Any]:
    found = node.values() if isinstance(node, dict) else node
    return [child for child in found if isinstance(child, dict | list)]


def _unpadded(node: Any) -> Any:
    if isinstance(node, str):
        return node.rstrip("\x00")
    if isinstance(node, dict):
        return {key: _unpadded(value) for key, value in node.items()}
    return [_unpadded(value) for value in node] if isinstance(node, list) else node


def _has_nul(node: Any) -> bool:
    if isinstance(node, str):
        return "\x00" in node
    if isinstance(node, dict):
        return any("\x00" in key or _has_nul(value) for key, value in node.items())
    return isinstance(node, list) and any(_has_nul(value) for value in node)


def encode_call(message_id: str, action: str, payload: Any) -> bytes:
    """A CALL as compact JSON."""
    return orjson.dumps([CALL, message_id, action, payload])


def encode_result(message_id: str, payload: Any) -> bytes:
    """A CALLRESULT as compact JSON."""
    return orjson.dumps([CALL_RESULT, message_id, payload])


def encode_error(message_id: str, fault: Fault) -> bytes:
    """A CALLERROR as compact JSON; the details say where in the payload the fault lies."""
    details = {"where": fault.where} if fault.where else {}
    return orjson.dumps([CALL_ERROR, message_id, fault.code, fault.description, details])
