"""Sessions as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import datetime

from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Database
from voltkeep.kit.units import whole_wh
from voltkeep.sessions.actions.see_sessions import find_sessions
from voltkeep.sessions.model.views import SeenSession, SessionFilter

MOST_ROWS = 100_000
ROWS_A_READ = 500

HEADINGS = (
    "id", "station", "evse", "connector", "transaction_id", "token", "state", "started_at", "ended_at",
    "energy_wh", "meter_start_wh", "meter_stop_wh", "stop_reason", "ended_by", "problems",
)  # fmt: skip


async def csv_lines(database: Database, actor: Actor, wanted: SessionFilter) -> AsyncIterator[str]:
    """Lines of CSV, a page of them at a time; each page is a read of its own, so no transaction waits for a slow
    reader. Raises NotPermitted with the first."""
    given = 0
    while given < MOST_ROWS:
        async with database.transaction() as tx:
            page = await find_sessions(tx, actor, wanted, limit=ROWS_A_READ)
        heading = [HEADINGS] if given == 0 else []
        yield _lines([*heading, *map(_row, page)])
        if len(page) < ROWS_A_READ:
            return
        given += len(page)
        wanted = replace(wanted, after=(page[-1].session.started_at, page[-1].session.id))


def _row(seen: SeenSession) -> tuple[object, ...]:
    session = seen.session
    return (
        session.id,
        seen.identity,
        session.evse,
        session.connector,
        session.transaction_id,
        session.token_uid,
        session.state,
        _instant(session.started_at),
        _instant(session.ended_at),
        whole_wh(session.energy_wh),
        whole_wh(session.meter_start_wh),
        whole_wh(session.meter_stop_wh),
        session.stop_reason,
        session.ended_by,
        " ".join(session.problems),
    )


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _lines(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _cell(value: object) -> object:
    # A spreadsheet would run a text that begins like a formula.
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
