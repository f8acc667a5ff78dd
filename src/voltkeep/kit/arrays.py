"""Arrays for `unnest` in PostgreSQL's binary form, laid out at once: the driver's own dumper looks at each item twice.

The format is that of `array_recv`: a header, then each item behind its length in bytes, −1 for null. Nothing is quoted
or escaped, so no text can be mistaken for anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import repeat
from operator import is_
from struct import Struct
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_HEADER = Struct(">iiiii")
_LENGTH = Struct(">i")
_LENGTHS: Final = tuple(_LENGTH.pack(n) for n in range(256))
_NULL: Final = _LENGTH.pack(-1)
_UUID_LENGTH: Final = _LENGTH.pack(16)
_SMALLINT, _INT, _BIGINT, _DOUBLE = Struct(">ih"), Struct(">ii"), Struct(">iq"), Struct(">id")
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_DAY_US, _SECOND_US = 86_400_000_000, 1_000_000

Item = Callable[[Any], bytes]


class Array:
    """A parameter that is ready to be sent; the statement says its type: `%b::uuid[]`."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data


class ArrayDumper(Dumper):
    """Hands the driver what is ready."""

    format = Format.BINARY

    def dump(self, obj: Array) -> Buffer | None:
        """The bytes."""
        return obj.data


def binary_cursor(connection: psycopg.AsyncConnection[Any]) -> psycopg.AsyncCursor[Any]:
    """A cursor that takes `Array` parameters and reads results in binary."""
    cursor = connection.cursor(binary=True)
    cursor.adapters.register_dumper(Array, ArrayDumper)
    return cursor


def array_of(kind: str, values: Sequence[Any]) -> Array:
    """The values (or None) as an array of one of the types of `KINDS`.

    Raises ValueError for text with NUL, as the driver would, and struct.error for a number out of range.
    """
    oid, item = _KINDS[kind]
    if not values:
        return Array(_HEADER.pack(0, 0, oid, 0, 0)[:12])
    count = len(values)
    nulls = sum(map(is_, values, repeat(None)))  # `count` would compare each, which is slow for a UUID
    if values[0] is values[-1] and values.count(values[0]) == count:
        items = (_NULL if nulls else item(values[0])) * count
    elif nulls:
        items = b"".join([_NULL if value is None else item(value) for value in values])
    else:
        items = b"".join(map(item, values))
    return Array(_HEADER.pack(1, nulls > 0, oid, count, 1) + items)


def microseconds(at: datetime) -> int:
    """An instant as `timestamptz` is sent: since 2000, exact."""
    since = at - _EPOCH
    return since.days * _DAY_US + since.seconds * _SECOND_US + since.microseconds


def _uuid(value: UUID) -> bytes:
    return _UUID_LENGTH + value.int.to_bytes(16, "big")


def _bytea(value: bytes) -> bytes:
    size = len(value)
    return (_LENGTHS[size] if size < 256 else _LENGTH.pack(size)) + value


def _text(value: str) -> bytes:
    raw = value.encode()
    if b"\0" in raw:
        raise ValueError("PostgreSQL text can't hold NUL")
    return _bytea(raw)


def _numeric(value: object) -> bytes:
    return _text(str(value))


def _instant(value: datetime) -> bytes:
    return _BIGINT.pack(8, microseconds(value))


def _smallint(value: int) -> bytes:
    return _SMALLINT.pack(2, value)


def _int(value: int) -> bytes:
    return _INT.pack(4, value)


def _bigint(value: int) -> bytes:
    return _BIGINT.pack(8, value)


def _double(value: float) -> bytes:
    return _DOUBLE.pack(8, value)


# The oid of each item's type. Numbers of any length travel as text, and `placeholder` casts them.
_KINDS: Final[dict[str, tuple[int, Item]]] = {
    "uuid": (2950, _uuid),
    "bytea": (17, _bytea),
    "text": (25, _text),
    "numeric": (25, _numeric),
    "timestamptz": (1184, _instant),
    "smallint": (21, _smallint),
    "int": (23, _int),
    "bigint": (20, _bigint),
    "double precision": (701, _double),
}
KINDS: Final = frozenset(_KINDS)


def placeholder(kind: str) -> str:
    """How a statement reads an array of the kind."""
    return "%b::text[]::numeric[]" if kind == "numeric" else f"%b::{kind}[]"
