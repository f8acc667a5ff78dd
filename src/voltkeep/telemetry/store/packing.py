"""Ticks as rows of PostgreSQL's binary COPY format: one `struct` call a row, its layout cached by the slots it holds.

The formats are those of the COPY page of the PostgreSQL documentation and of `array_recv`: big-endian, each field
behind its length in bytes, −1 for null; instants are microseconds since 2000.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from struct import Struct

from voltkeep.telemetry.model import Tick

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
PIECE = 500
COLUMNS = "station_no, evse, layout_no, ts, vals"

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FLOAT8_OID = 701
_DAY_US, _SECOND_US = 86_400_000_000, 1_000_000


@lru_cache(maxsize=4096)
def _shape(slots: tuple[int, ...]) -> tuple[Struct, int, list[float], int, list[int]]:
    """Of a row with these slots: its struct, the array's bytes, whether holes exist, its places, where values go."""
    most, present = max(slots), set(slots)
    codes: list[str] = []
    places: list[float] = []
    at: dict[int, int] = {}
    for slot in range(1, most + 1):
        if slot in present:
            at[slot] = len(places) + 1
            places += [8, 0]
            codes.append("id")
        else:
            places.append(-1)
            codes.append("i")
    row = Struct(">hiiihiiiqiiiiii" + "".join(codes))
    return row, 20 + 4 * most + 8 * len(slots), places, most, [at[slot] for slot in slots]


def packed(tick: Tick) -> bytes:
    """One row of `COLUMNS`; `vals` holds the value of slot n at place n, null where the tick has none."""
    values = tick.values
    row, size, template, most, positions = _shape(tuple(values))
    places = template.copy()
    for position, value in zip(positions, values.values(), strict=True):
        places[position] = value
    since = tick.ts - _EPOCH
    instant = since.days * _DAY_US + since.seconds * _SECOND_US + since.microseconds
    has_holes = most > len(values)
    keys = (5, 4, tick.station_no, 2, tick.evse, 4, tick.layout_no, 8, instant)
    return row.pack(*keys, size, 1, has_holes, _FLOAT8_OID, most, 1, *places)


def copy_of(ticks: Sequence[Tick]) -> Iterator[bytes]:
    """A binary COPY of the ticks in pieces, so that the database reads one while the next is packed."""
    yield HEADER
    for first in range(0, len(ticks), PIECE):
        yield b"".join(map(packed, ticks[first : first + PIECE]))
    yield TRAILER
