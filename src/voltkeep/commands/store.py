"""SQL of commands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row

from voltkeep.accounts.actions.scope import Scope
from voltkeep.commands.model import HIDDEN_PATHS, MASK, OBSERVABLE, Command, CommandFilter, Settled, Sighting, State
from voltkeep.kit.db import Tx
from voltkeep.kit.ids import id_at

_NAMES = [field.name for field in fields(Command)]
COLUMNS = ", ".join(f"c.{name}" for name in _NAMES)

# The wire had the secrets once; after that nobody needs them.
_FORGET = f"""case when c.arguments ? '{HIDDEN_PATHS}' then (
  with recursive forgotten(n, body) as (
    select 0, c.arguments
    union all
    select n + 1, jsonb_set(body, string_to_array(c.arguments -> '{HIDDEN_PATHS}' ->> n, '.'), '"{MASK}"', false)
    from forgotten where n < jsonb_array_length(c.arguments -> '{HIDDEN_PATHS}'))
  select body from forgotten order by n desc limit 1) else c.arguments end"""


def to_command(row: Row[Any]) -> Command:
    """A row selected with COLUMNS."""
    values = row._mapping
    return Command(**{name: values[name] for name in _NAMES})


async def insert(tx: Tx, command: Command) -> None:
    """Store a new command."""
    values = {name: getattr(command, name) for name in _NAMES}
    values["arguments"] = orjson.dumps(command.arguments).decode()
    values["answer"] = None
    places = ", ".join(f"cast(:{name} as jsonb)" if name in ("arguments", "answer") else f":{name}" for name in _NAMES)
    await tx.run(f"insert into command ({', '.join(_NAMES)}) values ({places})", **values)


async def open_count(tx: Tx, station_id: UUID) -> int:
    """Commands of the station that wait or are on the wire; held still until the transaction ends."""
    await tx.run("select pg_advisory_xact_lock(hashtextextended(:id, 7365118))", id=str(station_id))
    count = "select count(*) from command where station_id = :id and state in ('queued', 'sent')"
    return int(await tx.value(count, id=station_id))


async def take(tx: Tx, station_id: UUID, epoch: int, now: datetime, limit: int) -> list[Command]:
    """Mark the oldest queued ones sent under `epoch`."""
    rows = await tx.rows(
        f"""with next as (
              select id from command where station_id = :station_id and state = 'queued' and expires_at > :now
              order by id limit :limit for update skip locked)
            update command c set state = 'sent', sent_at = :now, epoch = :epoch from next where c.id = next.id
            returning {COLUMNS}""",
        station_id=station_id,
        epoch=epoch,
        now=now,
        limit=limit,
    )
    return sorted((to_command(row) for row in rows), key=lambda command: command.id)


async def states_of(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, State]:
    """Current states, locked in order of id."""
    rows = await tx.rows("select id, state from command where id = any(:ids) order by id for update", ids=list(ids))
    return {row.id: row.state for row in rows}


async def settle(tx: Tx, settled: Sequence[Settled], now: datetime) -> list[Command]:
    """Write outcomes that were found to count; secrets leave the row."""
    rows = await tx.rows(
        f"""update command c set state = v.state, settled_at = :now, answer = v.answer, error = v.error,
              arguments = {_FORGET}
            from unnest(cast(:ids as uuid[]), cast(:states as text[]), cast(:answers as jsonb[]),
              cast(:errors as text[])) v(id, state, answer, error)
            where c.id = v.id returning {COLUMNS}""",
        ids=[one.id for one in settled],
        states=[one.state for one in settled],
        answers=[None if one.answer is None else orjson.dumps(one.answer).decode() for one in settled],
        errors=[one.error for one in settled],
        now=now,
    )
    return [to_command(row) for row in rows]


async def observe_ids(tx: Tx, ids: Sequence[UUID], now: datetime) -> list[Command]:
    """Mark those observed whose effect may still be seen."""
    rows = await tx.rows(
        f"""with seen as (
              select id from command where id = any(:ids) and state = any(:observable) order by id for update)
            update command c set state = 'observed', observed_at = :now, settled_at = coalesce(c.settled_at, :now),
              arguments = {_FORGET}
            from seen where c.id = seen.id returning {COLUMNS}""",
        ids=list(ids),
        observable=list(OBSERVABLE),
        now=now,
    )
    return [to_command(row) for row in rows]


async def sighted(tx: Tx, sightings: Sequence[Sighting], since: datetime) -> list[UUID | None]:
    """For each sighting the newest command since `since` that asked for it; text compares without case."""
    rows = await tx.rows(
        """select f.id from unnest(cast(:stations as uuid[]), cast(:actions as text[]), cast(:evses as smallint[]),
             cast(:matches as text[])) with ordinality v(station_id, action, evse, match, n)
           left join lateral (
             select c.id from command c
             where c.station_id = v.station_id and c.id >= :since_id and c.action = v.action
               and c.state = any(:observable) and (c.evse is null or v.evse is null or c.evse = v.evse)
               and cast(lower(c.arguments::text) as jsonb) @> cast(lower(v.match) as jsonb)
             order by c.id desc limit 1) f on true
           order by v.n""",
        stations=[one.station_id for one in sightings],
        actions=[one.action for one in sightings],
        evses=[one.evse for one in sightings],
        matches=[orjson.dumps(one.match).decode() for one in sightings],
        observable=list(OBSERVABLE),
        since_id=_first_id(since),
    )
    return [row.id for row in rows]


async def stations_asked(tx: Tx, station_ids: Collection[UUID], since: datetime) -> set[UUID]:
    """Those of the stations that have a command since `since` whose effect may still be seen.

    By the driver itself, which carries the ids in binary: it is asked for every batch of hundreds of stations.
    """
    cursor = (await tx.raw()).cursor(binary=True)
    await cursor.execute(
        """select v.station_id from unnest(%b::uuid[]) v(station_id)
           where exists (select from command c where c.station_id = v.station_id and c.id >= %b
                          and c.state = any(%b))""",
        [list(station_ids), _first_id(since), list(OBSERVABLE)],
    )
    return {row[0] for row in await cursor.fetchall()}


def _first_id(since: datetime) -> UUID:
    """The least UUIDv7 of that instant."""
    return UUID(int=id_at(int(since.timestamp() * 1000)).int >> 80 << 80)


async def sent_before(tx: Tx, station_id: UUID, epoch: int) -> list[Command]:
    """Sent by an older connection and still without an answer."""
    rows = await tx.rows(
        f"""select {COLUMNS} from command c where c.station_id = :station_id and c.state = 'sent' and c.epoch < :epoch
            order by c.id for update""",
        station_id=station_id,
        epoch=epoch,
    )
    return [to_command(row) for row in rows]


async def requeue(tx: Tx, ids: Sequence[UUID]) -> list[Command]:
    """Back to the queue, as if never sent."""
    rows = await tx.rows(
        f"""update command c set state = 'queued', sent_at = null, epoch = null where id = any(:ids)
            returning {COLUMNS}""",
        ids=list(ids),
    )
    return [to_command(row) for row in rows]


async def expire(tx: Tx, now: datetime, sent_before: datetime, most: int) -> list[Command]:
    """Queued past their time become expired; sent ones that nobody will answer become unknown."""
    rows = await tx.rows(
        f"""with late as (
              select id from command where state in ('queued', 'sent') and expires_at <= :now
                and (state = 'queued' or sent_at < :sent_before)
              order by id limit :most for update skip locked)
            update command c set state = case c.state when 'queued' then 'expired' else 'unknown' end,
              settled_at = :now, arguments = {_FORGET}
            from late where c.id = late.id returning {COLUMNS}""",
        now=now,
        sent_before=sent_before,
        most=most,
    )
    return [to_command(row) for row in rows]


async def command_of_id(tx: Tx, command_id: UUID) -> Command | None:
    """One command."""
    row = await tx.row(f"select {COLUMNS} from command c where c.id = :id", id=command_id)
    return None if row is None else to_command(row)


async def page(tx: Tx, wanted: CommandFilter, scope: Scope, *, before: UUID | None, limit: int) -> list[Command]:
    """The newest first, from behind `before`."""
    given = {name: getattr(wanted, name) for name in ("station_id", "state", "action")}
    given = {name: value for name, value in given.items() if value is not None}
    conditions = [scope.sql, *(f"c.{name} = :{name}" for name in given)]
    if before is not None:
        conditions.append("c.id < :before")
        given["before"] = before
    rows = await tx.rows(
        f"select {COLUMNS} from command c where {' and '.join(conditions)} order by c.id desc limit :limit",
        limit=limit,
        **given,
        **scope.parameters,
    )
    return [to_command(row) for row in rows]


async def waiting_stations(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """Stations that some command waits for."""
    rows = await tx.rows(
        "select distinct station_id from command where state = 'queued' and expires_at > :now limit :most",
        now=now,
        most=most,
    )
    return [row.station_id for row in rows]


async def stations_with_open(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations that have a command waiting or sent and not settled."""
    rows = await tx.rows(
        "select distinct station_id from command where station_id = any(:ids) and state in ('queued', 'sent')",
        ids=list(station_ids),
    )
    return {row.station_id for row in rows}
