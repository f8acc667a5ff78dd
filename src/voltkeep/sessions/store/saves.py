"""Writes: one statement a batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import orjson

from voltkeep.kit.db import Tx
from voltkeep.sessions.model.meters import Interval
from voltkeep.sessions.model.session import Note, Session
from voltkeep.sessions.store.rows import CHANGED, COLUMNS, ENDED, METERED, arrays_of, from_arrays, query, read

_ALL = tuple(COLUMNS)
# All that a session has when it just began; the rest is the table's default.
_BEGUN = (*_ALL[:14], "meter_start_wh", "energy_wh", "problems", "raw", "last_heard_at")


def _insert(names: tuple[str, ...]) -> str:
    return f"""
      insert into charging_session ({", ".join(names)})
      select {", ".join(map(read, names))} from {from_arrays(names)}
      on conflict do nothing
      returning id
    """


_INSERTS = {names: _insert(names) for names in (_ALL, _BEGUN)}


async def save_started(tx: Tx, sessions: Collection[Session]) -> set[UUID]:
    """The ids that were stored; the others met a session with the same key, transaction or EVSE."""
    if not sessions:
        return set()
    names = _BEGUN if all(session.state == "active" for session in sessions) else _ALL
    # In one order everywhere, so that two processes storing the same starts can't wait for each other crosswise.
    ordered = sorted(sessions, key=lambda session: (session.station_no, session.evse or 0, session.start_key))
    return {row[0] for row in await query(tx, _INSERTS[names], arrays_of(ordered, names))}


async def save_changed(tx: Tx, sessions: Collection[Session]) -> None:
    """Replace all that may change in a session."""
    await _update(tx, sessions, CHANGED)


async def save_ended(tx: Tx, sessions: Collection[Session]) -> None:
    """Replace what an end settles."""
    await _update(tx, sessions, ENDED)


async def save_metered(tx: Tx, sessions: Collection[Session]) -> None:
    """Replace what readings move."""
    await _update(tx, sessions, METERED)


async def save_command(tx: Tx, commands: Mapping[UUID, UUID]) -> None:
    """Which command began a session, by session."""
    await tx.run(
        """
        update charging_session s set command_id = u.command_id
          from unnest(cast(:ids as uuid[]), cast(:commands as uuid[])) as u(id, command_id)
         where s.id = u.id
        """,
        ids=list(commands),
        commands=list(commands.values()),
    )


async def save_notes(tx: Tx, notes: Sequence[Note]) -> None:
    """Add notes."""
    if not notes:
        return
    await tx.run(
        """
        insert into session_note (id, session_id, at, kind, details)
        select u.id, u.session_id, u.at, u.kind, cast(u.details as jsonb)
          from unnest(cast(:ids as uuid[]), cast(:sessions as uuid[]), cast(:ats as timestamptz[]),
                      cast(:kinds as text[]), cast(:details as text[])) as u(id, session_id, at, kind, details)
        """,
        ids=[note.id for note in notes],
        sessions=[note.session_id for note in notes],
        ats=[note.at for note in notes],
        kinds=[note.kind for note in notes],
        details=[orjson.dumps(note.details).decode() for note in notes],
    )


async def save_intervals(tx: Tx, intervals: Sequence[Interval]) -> None:
    """Add intervals that weren't known."""
    if not intervals:
        return
    await tx.run(
        """
        insert into session_interval (session_id, kind, at, energy_wh)
        select * from unnest(cast(:sessions as uuid[]), cast(:kinds as text[]), cast(:ats as timestamptz[]),
                             cast(:energies as numeric[]))
        on conflict do nothing
        """,
        sessions=[interval.session_id for interval in intervals],
        kinds=[interval.kind for interval in intervals],
        ats=[interval.at for interval in intervals],
        energies=[interval.energy_wh for interval in intervals],
    )


async def _update(tx: Tx, sessions: Collection[Session], names: tuple[str, ...]) -> None:
    if not sessions:
        return
    sets = ", ".join(f"{name} = {read(name)}" for name in names)
    statement = f"update charging_session s set {sets} from {from_arrays(('id', *names))} where s.id = u.id"
    await query(tx, statement, arrays_of(sessions, ("id", *names)))
