"""Sessions for those who may see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import Scope, scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import NotVisible
from voltkeep.sessions import store
from voltkeep.sessions.model.session import Session
from voltkeep.sessions.model.views import Moment, SeenSession, SessionFilter, SessionsOverview

VIEW = "session.view"
# A command precedes its session, and a status follows its end.
AROUND = timedelta(minutes=2)


async def find_sessions(tx: Tx, actor: Actor, wanted: SessionFilter, *, limit: int) -> list[SeenSession]:
    """At most `limit` sessions, newest start first. Raises NotPermitted."""
    require_anywhere(actor, VIEW)
    return await store.page_of_sessions(tx, scope_sql(actor, VIEW, organisation="o.id"), wanted, limit)


async def see_session(tx: Tx, actor: Actor, session_id: UUID) -> SeenSession:
    """One session. Raises NotVisible for any that the actor may not see."""
    seen = await store.session_in_scope(tx, _scope(actor), session_id)
    if seen is None:
        raise NotVisible()
    return seen


async def see_timeline(tx: Tx, actor: Actor, session_id: UUID, *, now: datetime) -> list[Moment]:
    """What happened in and around a session, in the order of time. Raises NotVisible."""
    session = (await see_session(tx, actor, session_id)).session
    since, until = session.started_at - AROUND, (session.ended_at or now) + AROUND
    moments = [
        _beginning(session),
        *await store.notes_of(tx, session),
        *await store.statuses_around(tx, session, since, until),
        *await store.commands_around(tx, session, since, until),
        *([_end(session)] if session.ended_at else []),
    ]
    return sorted(moments, key=lambda moment: moment.at)


async def see_overview(tx: Tx, actor: Actor, *, now: datetime) -> SessionsOverview:
    """How the actor's sessions stand; the day is that of its organisation's zone. Raises NotPermitted."""
    require_anywhere(actor, VIEW)
    zone = ZoneInfo(await store.time_zone_of(tx, actor.organisation_id))
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return await store.overview(tx, _scope(actor), midnight, now)


def _scope(actor: Actor) -> Scope:
    return scope_sql(actor, VIEW, organisation="s.organisation_id")


def _beginning(session: Session) -> Moment:
    facts = {
        "token": session.token_uid,
        "authorization_status": session.authorization_status,
        "received_at": session.received_at.isoformat(),
    }
    return Moment(session.started_at, "started", facts)


def _end(session: Session) -> Moment:
    facts = {"stop_reason": session.stop_reason, "ended_by": session.ended_by, "token": session.stop_token_uid}
    return Moment(session.ended_at or session.last_heard_at, "ended", facts)
