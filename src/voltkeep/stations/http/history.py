"""What a station's connectors were, and how much of the time they could be used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.paging import MOST_PER_PAGE, Page, place_in, to_cursor
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.history import status_history, uptime_between
from voltkeep.stations.actions.visible_to import visible_to

router = APIRouter(tags=["stations"])

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class StatusChangeView(BaseModel):
    """A change; evse and connector are null for the station's presence (`online`, `offline`)."""

    id: UUID
    evse: int | None
    connector: int | None
    at: datetime
    received_at: datetime
    status: str
    error_code: str | None
    vendor_error_code: str | None
    info: str | None


class ConnectorUptime(BaseModel):
    """Seconds with a known status, seconds of them in which it could be used, and their share (0 to 1)."""

    evse: int
    connector: int
    available_s: float
    known_s: float
    share: float | None


class StationUptime(BaseModel):
    """The time that was looked at and each connector's figure."""

    since: datetime
    until: datetime
    connectors: list[ConnectorUptime]


@router.get("/stations/{station}/status-history")
async def get_status_history(
    station: str,
    actor: ActorDep,
    services: ServicesDep,
    evse: Annotated[int | None, Query(ge=0, le=1000)] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100,
) -> Page[StatusChangeView]:
    """Changes of status and presence, the newest first."""
    before = _position(cursor)
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station)
        facts = await status_history(tx, found, evse=evse, before=before, limit=limit + 1)
    items = [StatusChangeView.model_validate(fact, from_attributes=True) for fact in facts[:limit]]
    following = to_cursor(items[-1].at.isoformat(), str(items[-1].id)) if len(facts) > limit else None
    return Page(items=items, next=following)


@router.get("/stations/{station}/uptime")
async def get_station_uptime(
    station: str,
    actor: ActorDep,
    services: ServicesDep,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
) -> StationUptime:
    """How much of a time each connector could be used; the last 30 days unless told otherwise."""
    end = min(until or clock.now(), clock.now())
    start = since or max(end, _EARLIEST) - timedelta(days=30)
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station)
        figures = await uptime_between(tx, found, start, end)
    connectors = [ConnectorUptime.model_validate(figure, from_attributes=True) for figure in figures]
    return StationUptime(since=start, until=end, connectors=connectors)


def _position(cursor: str | None) -> tuple[datetime, UUID] | None:
    keys = place_in(cursor, datetime.fromisoformat, UUID)
    return (keys[0], keys[1]) if keys else None
