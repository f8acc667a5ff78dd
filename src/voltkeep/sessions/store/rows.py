"""Sessions as rows and arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import orjson

from voltkeep.kit.arrays import Array, array_of, binary_cursor, placeholder
from voltkeep.kit.db import Tx
from voltkeep.sessions.model.session import Session

# Every column with its type; the order is that of INSERT.
COLUMNS: dict[str, str] = {
    "id": "uuid",
    "organisation_id": "uuid",
    "station_id": "uuid",
    "station_no": "int",
    "evse": "smallint",
    "connector": "smallint",
    "transaction_id": "text",
    "start_key": "bytea",
    "token_id": "uuid",
    "token_uid": "text",
    "authorization_status": "text",
    "state": "text",
    "started_at": "timestamptz",
    "received_at": "timestamptz",
    "ended_at": "timestamptz",
    "meter_start_wh": "numeric",
    "meter_last_wh": "numeric",
    "meter_last_at": "timestamptz",
    "meter_stop_wh": "numeric",
    "interval_wh": "numeric",
    "energy_wh": "numeric",
    "power_w": "double precision",
    "power_at": "timestamptz",
    "soc_percent": "double precision",
    "soc_at": "timestamptz",
    "stop_reason": "text",
    "stop_token_uid": "text",
    "ended_by": "text",
    "command_id": "uuid",
    "resumed_from": "uuid",
    "problems": "text",
    "raw": "text",
    "last_heard_at": "timestamptz",
}
# What readings move, and nothing that an index covers while the session stays live.
METERED = (
    "state",
    "ended_at",
    "meter_start_wh",
    "meter_last_wh",
    "meter_last_at",
    "interval_wh",
    "energy_wh",
    "power_w",
    "power_at",
    "soc_percent",
    "soc_at",
    "stop_reason",
    "ended_by",
    "problems",
    "last_heard_at",
)
# What else a stop settles.
ENDED = (*METERED, "meter_stop_wh", "stop_token_uid", "raw")
_FIXED = ("id", "organisation_id", "station_id", "station_no", "received_at", "command_id")
CHANGED = tuple(name for name in COLUMNS if name not in _FIXED)

SELECTED = ", ".join(f"s.{name}" for name in COLUMNS)

# An array of arrays would be flattened by unnest, so problems travel joined.
_READ = {"problems": "string_to_array(nullif({}, ''), ',')", "raw": "cast({} as jsonb)"}


async def query(tx: Tx, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows by the driver itself, which takes arrays in binary (`%b`): the hot statements."""
    cursor = binary_cursor(await tx.raw())
    await cursor.execute(sql.encode(), parameters)
    return await cursor.fetchall() if cursor.description else []


def to_session(row: Sequence[Any]) -> Session:
    """A row of SELECTED."""
    named = dict(zip(COLUMNS, row, strict=True))
    named["problems"] = tuple(named["problems"])
    named["raw"] = named["raw"] or {}
    return Session(**named)


def arrays_of(sessions: Iterable[Session], names: Iterable[str]) -> list[Array]:
    """One array a column."""
    kept = list(sessions)
    return [array_of(COLUMNS[name], _column(kept, name)) for name in names]


def from_arrays(names: Sequence[str]) -> str:
    """`unnest(...) as u(...)` over one binary array a column."""
    arrays = ", ".join(placeholder(COLUMNS[name]) for name in names)
    return f"unnest({arrays}) as u({', '.join(names)})"


def read(name: str) -> str:
    """The column of `u`, in the form in which it is stored."""
    plain = f"u.{name}"
    if name == "problems":
        return f"coalesce({_READ[name].format(plain)}, '{{}}')"
    return _READ[name].format(plain) if name in _READ else plain


def _column(sessions: list[Session], name: str) -> list[Any]:
    if name == "problems":
        return [",".join(session.problems) if session.problems else "" for session in sessions]
    if name == "raw":
        return [orjson.dumps(session.raw).decode() for session in sessions]
    return list(map(attrgetter(name), sessions))
