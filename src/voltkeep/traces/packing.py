"""Frames as rows of PostgreSQL's binary COPY format: bytes go as they came, nothing is escaped or formatted.

The formats are those of the COPY page of the PostgreSQL documentation: big-endian, each field behind its length in
bytes, −1 for null.
"""

from __future__ import annotations

from functools import lru_cache
from struct import Struct

from voltkeep.kit.arrays import microseconds
from voltkeep.traces.model import Direction, Kind, Noted, masked_bytes

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

# Ten fields: station_no, at, seq and size with their lengths, then the length of the payload.
_HEAD = Struct(">hiiiqiqiii")
_LENGTH = Struct(">i")
_NULL = _LENGTH.pack(-1)
_LONGEST_NAME, _LONGEST_FAULT = 64, 300


def packed(frame: Noted) -> bytes:
    """One row: station_no, at, seq, size, payload, direction, kind, action, message_id, fault."""
    station_no, at, seq, direction, kind, message_id, action, raw, size, fault = frame
    payload = masked_bytes(raw)
    head = _HEAD.pack(10, 4, station_no, 8, microseconds(at), 8, seq, 4, size, len(payload))
    tail = _NULL if fault is None else _field(fault, _LONGEST_FAULT)
    name = _NULL if message_id is None else _field(message_id, _LONGEST_NAME)
    return head + payload + _label(direction, kind, action) + name + tail


@lru_cache(maxsize=512)
def _label(direction: Direction, kind: Kind, action: str | None) -> bytes:
    """Direction, kind and action: few combinations come again and again."""
    named = _NULL if action is None else _field(action, _LONGEST_NAME)
    return _field(direction, _LONGEST_NAME) + _field(kind, _LONGEST_NAME) + named


def _field(text: str, most: int) -> bytes:
    raw = text.replace("\x00", "\u2400")[:most].encode(errors="replace")
    return _LENGTH.pack(len(raw)) + raw
