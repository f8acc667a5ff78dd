"""Partitions by time, a UTC day or a UTC month each: made ahead, dropped by age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from psycopg import sql

from voltkeep.kit.db import Tx

_MOVE = sql.SQL(
    "with moved as (delete from {rest} where {by} >= {low} and {by} < {high} returning *)"
    " insert into {part} select * from moved"
)

PARTITION_LOCK = 7_365_118_003  # two makers of one partition go one after the other


@dataclass(frozen=True, slots=True)
class Parted:
    """A partitioned table, a partition a UTC day or a UTC month.

    `by` is the column it is split by; `has_default` says that rows without a partition wait in `<table>_default`.
    """

    table: str
    monthly: bool
    by: str = "ts"
    has_default: bool = False

    def start_of(self, day: date) -> date:
        """The first day of the partition that holds `day`."""
        return day.replace(day=1) if self.monthly else day

    def end_of(self, start: date) -> date:
        """The first day after the partition that begins at `start`."""
        return (start + timedelta(days=32)).replace(day=1) if self.monthly else start + timedelta(days=1)

    def name_of(self, start: date) -> str:
        """The name of the partition that begins at `start`."""
        return f"{self.table}_{start:%Y%m}" if self.monthly else f"{self.table}_{start:%Y%m%d}"


async def ensure_days(tx: Tx, parted: Parted, days: Sequence[date]) -> int:
    """Make what is missing to hold the days; how many partitions were made. Readers and writers aren't blocked."""
    starts = sorted({parted.start_of(day) for day in days})
    missing = await _missing(tx, parted, starts)
    if not missing:
        return 0
    await tx.run("select pg_advisory_xact_lock(:lock)", lock=PARTITION_LOCK)
    missing = await _missing(tx, parted, missing)
    for start in missing:
        await _attach(tx, parted, start)
    return len(missing)


async def _missing(tx: Tx, parted: Parted, starts: Sequence[date]) -> list[date]:
    # By the statement's snapshot: `to_regclass` may answer from a cache that hasn't heard of the other maker's commit.
    names = [parted.name_of(start) for start in starts]
    rows = await tx.rows(
        "select n from unnest((:names)::text[]) with ordinality u(name, n) where not exists"
        " (select from pg_class c where c.relname = name and c.relnamespace = current_schema()::regnamespace)",
        names=names,
    )
    return [starts[row.n - 1] for row in rows]


async def _attach(tx: Tx, parted: Parted, start: date) -> None:
    """Made apart, then attached: attaching locks the parent less than `create … partition of`."""
    raw = await tx.raw()
    names = {"parent": sql.Identifier(parted.table), "part": sql.Identifier(parted.name_of(start))}
    await raw.execute(sql.SQL("create table {part} (like {parent} including all)").format(**names))
    bounds = {"low": sql.Literal(_instant(start)), "high": sql.Literal(_instant(parted.end_of(start)))}
    if parted.has_default:
        await raw.execute(_MOVE.format(**names, **bounds, by=sql.Identifier(parted.by), rest=_rest_of(parted)))
    attach = sql.SQL("alter table {parent} attach partition {part} for values from ({low}) to ({high})")
    await raw.execute(attach.format(**names, **bounds))


def _rest_of(parted: Parted) -> sql.Identifier:
    return sql.Identifier(f"{parted.table}_default")


def _instant(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()


async def drop_before(tx: Tx, parted: Parted, day: date) -> list[str]:
    """Detach and drop the partitions that end on or before `day`; their names. Waits at most 2 s for the locks."""
    await tx.run("set local lock_timeout = '2s'")
    rows = await tx.rows(
        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
        " where i.inhparent = to_regclass(:parent) and c.relname < :limit order by 1",
        parent=parted.table,
        limit=parted.name_of(parted.start_of(day)),
    )
    names = [row.relname for row in rows]
    await drop(tx, parted, names)
    return names


async def drop(tx: Tx, parted: Parted, partitions: Sequence[str]) -> None:
    """Detach and drop these partitions, by name."""
    raw = await tx.raw()
    for name in partitions:
        names = {"parent": sql.Identifier(parted.table), "part": sql.Identifier(name)}
        await raw.execute(sql.SQL("alter table {parent} detach partition {part}").format(**names))
        await raw.execute(sql.SQL("drop table {part}").format(**names))
