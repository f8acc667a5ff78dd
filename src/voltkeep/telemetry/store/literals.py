"""Arrays as PostgreSQL reads them: many times faster than the driver's dumpers, which look at each item by itself."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from struct import pack

from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format

_FLOAT8_OID, _FLOAT8_ARRAY_OID = 701, 1022


def by_slot(values: Mapping[int, float]) -> str:
    """`{v1,NULL,v3}`: the value of slot n at place n (floats as repr gives them come back the same)."""
    most = max(values)
    if len(values) == most:
        return "{" + ",".join([repr(float(values[slot])) for slot in range(1, most + 1)]) + "}"
    row = ["NULL"] * most
    for slot, value in values.items():
        row[slot - 1] = repr(float(value))
    return "{" + ",".join(row) + "}"


def listed(items: Iterable[object]) -> str:
    """`{a,b}` of numbers or of instants (no text: nothing is escaped)."""
    return "{" + ",".join(map(str, items)) + "}"


def quoted(literals: Iterable[str]) -> str:
    """An array of text whose items are array literals of numbers or instants, which hold no quote and no backslash."""
    return '{"' + '","'.join(literals) + '"}'


def quoted_instants(instants: Sequence[datetime]) -> str:
    """An array of instants; each different one is written once."""
    written = {instant: str(instant) for instant in set(instants)}
    return quoted([written[instant] for instant in instants])


class Float8s:
    """A long array of doubles in PostgreSQL's binary form: each behind its length, all laid out at once."""

    def __init__(self, values: Sequence[float]) -> None:
        doubles = array("d", values)
        if sys.byteorder == "little":
            doubles.byteswap()
        raw, laid = doubles.tobytes(), bytearray(12 * len(values))
        laid[3::12] = b"\x08" * len(values)
        for byte in range(8):
            laid[4 + byte :: 12] = raw[byte::8]
        self.data = pack(">iiiii", 1, 0, _FLOAT8_OID, len(values), 1) + laid


class Float8sDumper(Dumper):
    """Hands the driver what is ready."""

    format = Format.BINARY
    oid = _FLOAT8_ARRAY_OID

    def dump(self, obj: Float8s) -> Buffer | None:
        """The bytes."""
        return obj.data
