"""Sessions for people: pages, one, and how they stand in all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voltkeep.accounts.actions.scope import Scope
from voltkeep.kit.db import Tx
from voltkeep.kit.ids import is_uuid
from voltkeep.sessions.model.views import SeenSession, SessionFilter, SessionsOverview
from voltkeep.sessions.store.rows import COLUMNS, SELECTED, to_session

_STATES = {
    "live": "s.state = 'active'",
    "active": "s.state = 'active'",
    "ended": "s.state = 'ended'",
    "problem": "s.problems <> '{}'",
}
_FILTERS = {
    "token": "upper(s.token_uid) = upper(:token)",
    "since": "s.started_at >= :since",
    "until": "s.started_at < :until",
    "search": """(s.token_uid ilike :search or s.transaction_id ilike :search
      or s.station_id in (select id from station where identity ilike :search))""",
}
_FAILED = ("rejected", "failed", "timed-out", "unknown", "expired")
# Less than this is no charge, only an attempt at one.
_LEAST_CHARGE_WH = 100


async def page_of_sessions(tx: Tx, scope: Scope, wanted: SessionFilter, limit: int) -> list[SeenSession]:
    """Sessions of the organisations in scope (its condition is over `o.id`), newest start first.

    Each organisation gives its newest by index, so a page costs the same however many sessions there are.
    """
    conditions, parameters = _conditions(wanted)
    if wanted.station is not None:
        conditions.append("s.station_id = any(:stations)")
        parameters["stations"] = await _stations_called(tx, wanted.station)
    where = " and ".join(["s.organisation_id = o.id", *conditions])
    rows = await tx.rows(
        f"""
        select {SELECTED}, t.identity
          from (select o.id from organisation o where {scope.sql}) o
         cross join lateral (
           select s.* from charging_session s where {where}
            order by s.started_at desc, s.id desc limit :limit) s
          join station t on t.id = s.station_id
         order by s.started_at desc, s.id desc limit :limit
        """,
        limit=limit,
        **scope.parameters,
        **parameters,
    )
    return [_seen(row) for row in rows]


async def _stations_called(tx: Tx, key: str) -> list[UUID]:
    """The station of an id, or all that ever had an identity."""
    if is_uuid(key):
        return [UUID(key)]
    return [row.id for row in await tx.rows("select id from station where identity = :key", key=key)]


async def session_in_scope(tx: Tx, scope: Scope, session_id: UUID) -> SeenSession | None:
    """One session, if it is in scope."""
    row = await tx.row(
        f"""
        select {SELECTED}, t.identity from charging_session s join station t on t.id = s.station_id
         where s.id = :id and {scope.sql}
        """,
        id=session_id,
        **scope.parameters,
    )
    return None if row is None else _seen(row)


async def overview(tx: Tx, scope: Scope, day_began_at: datetime, now: datetime) -> SessionsOverview:
    """How sessions in scope stand."""
    live = await tx.one(
        f"""
        select count(*) as live, coalesce(sum(s.power_w), 0) as power_w
          from charging_session s where s.state = 'active' and {scope.sql}
        """,
        **scope.parameters,
    )
    day = await tx.one(
        f"""
        select coalesce(sum(s.energy_wh) filter (where s.started_at >= :day), 0) as energy_wh,
               count(*) filter (where s.started_at >= :day) as sessions,
               count(*) filter (where s.started_at >= :since and s.problems <> '{{}}') as problems,
               count(*) filter (where s.started_at >= :since and s.authorization_status = 'Accepted') as starts,
               count(*) filter (where s.started_at >= :since and s.authorization_status = 'Accepted'
                                  and (s.state = 'active' or s.energy_wh >= :least)) as good
          from charging_session s where s.started_at >= least(:day, :since) and {scope.sql}
        """,
        day=day_began_at,
        since=now - timedelta(hours=24),
        least=_LEAST_CHARGE_WH,
        **scope.parameters,
    )
    failed = await tx.value(
        f"""
        select count(*) from command s where s.action = 'start' and s.created_at >= :since
           and s.state = any(:failed) and {scope.sql}
        """,
        since=now - timedelta(hours=24),
        failed=list(_FAILED),
        **scope.parameters,
    )
    return SessionsOverview(
        live=live.live,
        live_power_w=live.power_w,
        day_began_at=day_began_at,
        energy_today_wh=day.energy_wh,
        sessions_today=day.sessions,
        starts=day.starts + failed,
        good_starts=day.good,
        with_problems=day.problems,
    )


async def time_zone_of(tx: Tx, organisation_id: UUID | None) -> str:
    """The IANA zone of an organisation; UTC for none."""
    found = await tx.value("select time_zone from organisation where id = :id", id=organisation_id)
    return found or "UTC"


def _conditions(wanted: SessionFilter) -> tuple[list[str], dict[str, Any]]:
    given = {name: value for name in _FILTERS if (value := getattr(wanted, name))}
    conditions = [_FILTERS[name] for name in given]
    if wanted.search:
        given["search"] = f"%{_as_pattern(wanted.search)}%"
    if wanted.state is not None:
        conditions.append(_STATES[wanted.state])
    if wanted.after is not None:
        conditions.append("(s.started_at, s.id) < (:after_at, :after_id)")
        given |= {"after_at": wanted.after[0], "after_id": wanted.after[1]}
    return conditions, given


def _as_pattern(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _seen(row: Any) -> SeenSession:
    return SeenSession(to_session(row[: len(COLUMNS)]), row.identity)
