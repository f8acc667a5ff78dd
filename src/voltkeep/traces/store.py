"""SQL of the protocol log: a partition a UTC day, filled by COPY, emptied by dropping whole days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from voltkeep.kit.db import Tx
from voltkeep.kit.partitions import Parted, drop, ensure_days
from voltkeep.traces.model import Noted
from voltkeep.traces.packing import HEADER, TRAILER, packed

FRAMES = Parted("protocol_frame", monthly=False, by="at")
_PREFIX = "protocol_frame_"
_COPY = """copy protocol_frame (station_no, at, seq, size, payload, direction, kind, action, message_id, fault)
  from stdin (format binary)"""
_PIECE = 500


async def copy_frames(tx: Tx, frames: Sequence[Noted]) -> None:
    """All frames in one COPY, their secrets masked on the way; the partitions of their days must exist."""
    connection = await tx.raw()
    async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        await copy.write(HEADER)
        for first in range(0, len(frames), _PIECE):
            await copy.write(b"".join([packed(frame) for frame in frames[first : first + _PIECE]]))
        await copy.write(TRAILER)


async def make_partitions(tx: Tx, days: Sequence[date]) -> None:
    """One partition for each day, where it is missing."""
    await ensure_days(tx, FRAMES, days)


async def partitions(tx: Tx) -> list[tuple[date, int]]:
    """Days that have a partition, oldest first, with bytes on disk (indexes and TOAST included)."""
    rows = await tx.rows(
        """
        select c.relname as name, pg_total_relation_size(c.oid) as size
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'protocol_frame'::regclass order by c.relname
        """
    )
    return [(_day(row.name), int(row.size)) for row in rows if row.name.startswith(_PREFIX)]


async def drop_partition(tx: Tx, day: date) -> None:
    """Forget a whole day."""
    await drop(tx, FRAMES, [FRAMES.name_of(day)])


async def find(tx: Tx, station_no: int, limit: int, **filters: Any) -> Sequence[Any]:
    """Frames of a station, newest first. Filters: direction, action, search, since, until, after (at, seq)."""
    conditions = {
        "direction": "direction = :direction",
        "action": "action = :action",
        "search": "(payload ilike :search or message_id ilike :search or fault ilike :search)",
        "since": "at >= :since",
        "until": "at < :until",
        "after": "(at, seq) < (cast(:after_at as timestamptz), cast(:after_seq as bigint))",
    }
    given = {name: value for name, value in filters.items() if value is not None}
    where = " and ".join(["station_no = :station_no", *(conditions[name] for name in given)])
    if "after" in given:
        given["after_at"], given["after_seq"] = given.pop("after")
    if "search" in given:
        given["search"] = f"%{_escaped(given['search'])}%"
    return await tx.rows(
        f"select * from protocol_frame where {where} order by at desc, seq desc limit :limit",
        station_no=station_no,
        limit=limit,
        **given,
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _day(name: str) -> date:
    digits = name.removeprefix(_PREFIX)
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
