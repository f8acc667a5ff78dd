"""The web face of sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from starlette.responses import StreamingResponse

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.errors import Invalid
from voltkeep.kit.paging import MOST_PER_PAGE, Page, from_cursor, to_cursor
from voltkeep.kit.units import whole_wh
from voltkeep.kit.web import ServicesDep
from voltkeep.sessions.actions.export_sessions import csv_lines
from voltkeep.sessions.actions.see_sessions import find_sessions, see_overview, see_session, see_timeline
from voltkeep.sessions.model.views import SeenSession, SessionFilter, StateFilter

router = APIRouter(tags=["sessions"])


class SessionJson(BaseModel):
    """A session: `station` is the identity, energies are whole Wh, `state` is `active` or `ended`."""

    id: UUID
    organisation_id: UUID
    station: str
    station_id: UUID
    evse: int | None
    connector: int | None
    transaction_id: str
    token: str | None
    token_id: UUID | None
    authorization_status: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    received_at: datetime
    last_heard_at: datetime
    energy_wh: int | None
    meter_start_wh: int | None
    meter_last_wh: int | None
    meter_last_at: datetime | None
    meter_stop_wh: int | None
    power_w: float | None
    soc_percent: float | None
    stop_reason: str | None
    stop_token: str | None
    ended_by: str | None
    command_id: UUID | None
    problems: list[str]


class MomentJson(BaseModel):
    """One entry of a timeline; `kind` is a code with its facts in `details`."""

    at: datetime
    kind: str
    details: dict[str, Any]


class SessionsOverviewJson(BaseModel):
    """How sessions stand; `start_success` is good starts of all starts in 24 hours, null without any."""

    live: int
    live_power_w: float
    day_began_at: datetime
    energy_today_wh: int
    sessions_today: int
    starts_24h: int
    start_success: float | None
    problems_24h: int


class SessionFilterQuery(BaseModel):
    """`station` is an id or identity; `from` and `to` bound the start; `search` looks in identities, tokens and
    transaction ids."""

    station: Annotated[str | None, Query(max_length=48)] = None
    state: StateFilter | None = None
    token: Annotated[str | None, Query(max_length=36)] = None
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None
    search: Annotated[str | None, Query(max_length=100)] = None

    def to_filter(self, after: tuple[datetime, UUID] | None) -> SessionFilter:
        """As the action takes it."""
        return SessionFilter(
            station=_clean(self.station),
            state=self.state,
            token=_clean(self.token),
            since=self.since,
            until=self.until,
            search=_clean(self.search),
            after=after,
        )


class SessionPageQuery(SessionFilterQuery):
    """Filters and the place of the page."""

    cursor: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100


@router.get("/sessions")
async def list_sessions(
    actor: ActorDep, services: ServicesDep, wanted: Annotated[SessionPageQuery, Query()]
) -> Page[SessionJson]:
    """Sessions, newest start first. Needs `session.view`."""
    asked = wanted.to_filter(_place(wanted.cursor))
    async with services.database.transaction() as tx:
        seen = await find_sessions(tx, actor, asked, limit=wanted.limit + 1)
    page = seen[: wanted.limit]
    last = page[-1].session if len(seen) > wanted.limit else None
    return Page(items=[_json(one) for one in page], next=to_cursor(last.started_at, last.id) if last else None)


@router.get("/sessions.csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
async def export_sessions(
    actor: ActorDep, services: ServicesDep, wanted: Annotated[SessionFilterQuery, Query()]
) -> StreamingResponse:
    """The same as CSV (RFC 4180), streamed, at most 100,000 rows. Needs `session.view`."""
    lines = csv_lines(services.database, actor, wanted.to_filter(None))
    first = await anext(lines)

    async def body() -> Any:
        yield first
        async for line in lines:
            yield line

    headers = {"content-disposition": 'attachment; filename="sessions.csv"'}
    return StreamingResponse(body(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/sessions/{session_id}")
async def get_session(session_id: UUID, actor: ActorDep, services: ServicesDep) -> SessionJson:
    """One session. Needs `session.view`."""
    async with services.database.transaction() as tx:
        seen = await see_session(tx, actor, session_id)
    return _json(seen)


@router.get("/sessions/{session_id}/timeline")
async def get_session_timeline(session_id: UUID, actor: ActorDep, services: ServicesDep) -> list[MomentJson]:
    """What happened in and around a session, in the order of time. Needs `session.view`."""
    async with services.database.transaction() as tx:
        moments = await see_timeline(tx, actor, session_id, now=clock.now())
    return [MomentJson(at=moment.at, kind=moment.kind, details=moment.details) for moment in moments]


@router.get("/overview/sessions")
async def get_sessions_overview(actor: ActorDep, services: ServicesDep) -> SessionsOverviewJson:
    """How sessions stand now and today. Needs `session.view`."""
    async with services.database.transaction() as tx:
        seen = await see_overview(tx, actor, now=clock.now())
    return SessionsOverviewJson(
        live=seen.live,
        live_power_w=seen.live_power_w,
        day_began_at=seen.day_began_at,
        energy_today_wh=whole_wh(seen.energy_today_wh) or 0,
        sessions_today=seen.sessions_today,
        starts_24h=seen.starts,
        start_success=seen.good_starts / seen.starts if seen.starts else None,
        problems_24h=seen.with_problems,
    )


def _clean(text: str | None) -> str | None:
    return text.replace("\0", "") if text else None


def _place(cursor: str | None) -> tuple[datetime, UUID] | None:
    keys = from_cursor(cursor, 2)
    if keys is None:
        return None
    try:
        return datetime.fromisoformat(str(keys[0])), UUID(str(keys[1]))
    except ValueError as error:
        raise Invalid("This cursor belongs to another list", field="cursor") from error


def _json(seen: SeenSession) -> SessionJson:
    session = seen.session
    return SessionJson(
        id=session.id,
        organisation_id=session.organisation_id,
        station=seen.identity,
        station_id=session.station_id,
        evse=session.evse,
        connector=session.connector,
        # Behind a `?` stands what keeps apart transactions that were never begun here: nothing a station said.
        transaction_id=session.transaction_id.partition("?")[0],
        token=session.token_uid,
        token_id=session.token_id,
        authorization_status=session.authorization_status,
        state=session.state,
        started_at=session.started_at,
        ended_at=session.ended_at,
        received_at=session.received_at,
        last_heard_at=session.last_heard_at,
        energy_wh=whole_wh(session.energy_wh),
        meter_start_wh=whole_wh(session.meter_start_wh),
        meter_last_wh=whole_wh(session.meter_last_wh),
        meter_last_at=session.meter_last_at,
        meter_stop_wh=whole_wh(session.meter_stop_wh),
        power_w=session.power_w,
        soc_percent=session.soc_percent,
        stop_reason=session.stop_reason,
        stop_token=session.stop_token_uid,
        ended_by=session.ended_by,
        command_id=session.command_id,
        problems=list(session.problems),
    )
