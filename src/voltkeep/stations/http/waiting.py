"""Who waits at the door, and the window that keeps them there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.errors import Invalid
from voltkeep.kit.paging import MOST_PER_PAGE, Page, from_cursor, to_cursor
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.candidates import approve_candidate, dismiss_candidate, waiting, waiting_count
from voltkeep.stations.actions.list_stations import row_of
from voltkeep.stations.actions.onboarding import close_onboarding, open_onboarding, open_windows
from voltkeep.stations.http.register import StationDetails
from voltkeep.stations.http.view import StationMade, fields_of
from voltkeep.stations.model import CredentialKind, NewStation

router = APIRouter(tags=["stations"])


class CandidateView(BaseModel):
    """An identity that knocked in vain; `station_id` is set when it is on the list and was refused for `reason`."""

    identity: str
    organisation_id: UUID | None
    station_id: UUID | None
    reason: str
    first_seen_at: datetime
    last_seen_at: datetime
    attempts: int
    address: str | None
    subprotocols: list[str]
    user_agent: str | None
    credentials: CredentialKind
    boot: dict[str, Any] | None
    dismissed_at: datetime | None


class WindowView(BaseModel):
    """An open window."""

    id: UUID
    organisation_id: UUID
    opened_by: UUID | None
    opened_at: datetime
    closes_at: datetime


class WindowNew(BaseModel):
    """How long to keep it open, for one's own organisation unless another is named."""

    minutes: int = Field(ge=1, le=7 * 24 * 60)
    organisation_id: UUID | None = None


class Windows(BaseModel):
    """Open windows, the newest first."""

    items: list[WindowView]


@router.get("/stations/waiting")
async def list_waiting_stations(
    actor: ActorDep,
    services: ServicesDep,
    cursor: str | None = None,
    dismissed: bool = False,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100,
) -> Page[CandidateView]:
    """Identities that knocked in vain, the newest knock first."""
    before = _position(cursor)
    async with services.database.transaction() as tx:
        rows = await waiting(tx, actor, dismissed=dismissed, before=before, limit=limit + 1)
        total = None if dismissed else await waiting_count(tx, actor)
    items = [CandidateView.model_validate(row, from_attributes=True) for row in rows[:limit]]
    following = to_cursor(items[-1].last_seen_at.isoformat(), items[-1].identity) if len(rows) > limit else None
    return Page(items=items, next=following, total=total)


@router.post("/stations/waiting/{identity}/approve", status_code=201)
async def approve_waiting_station(
    identity: str, actor: ActorDep, services: ServicesDep, details: StationDetails | None = None
) -> StationMade:
    """Put it on the list; its password is in this answer and nowhere else."""
    details = details or StationDetails()
    new = NewStation(identity, details.organisation_id, details.site_id, details.name, details.access)
    async with services.database.transaction() as tx:
        station, password = await approve_candidate(tx, actor, new, key=services.secret_key, now=clock.now())
        row = await row_of(tx, station)
    return StationMade.model_validate(fields_of(row) | {"password": password})


@router.post("/stations/waiting/{identity}/dismiss", status_code=204)
async def dismiss_waiting_station(identity: str, actor: ActorDep, services: ServicesDep) -> None:
    """Not one of ours: don't show it again, refuse it even while a window is open."""
    async with services.database.transaction() as tx:
        await dismiss_candidate(tx, actor, identity, clock.now())


@router.get("/onboarding-window")
async def get_onboarding_windows(actor: ActorDep, services: ServicesDep) -> Windows:
    """Windows open now."""
    async with services.database.transaction() as tx:
        found = await open_windows(tx, actor, clock.now())
    return Windows(items=[WindowView.model_validate(one, from_attributes=True) for one in found])


@router.post("/onboarding-window", status_code=201)
async def open_onboarding_window(new: WindowNew, actor: ActorDep, services: ServicesDep) -> WindowView:
    """Keep unknown stations at the door for a while, in place of any window open before."""
    async with services.database.transaction() as tx:
        window = await open_onboarding(
            tx, actor, minutes=new.minutes, organisation_id=new.organisation_id, now=clock.now()
        )
    return WindowView.model_validate(window, from_attributes=True)


@router.delete("/onboarding-window", status_code=204)
async def close_onboarding_window(actor: ActorDep, services: ServicesDep, organisation_id: UUID | None = None) -> None:
    """Send unknown stations away from now on."""
    async with services.database.transaction() as tx:
        await close_onboarding(tx, actor, organisation_id=organisation_id, now=clock.now())


def _position(cursor: str | None) -> tuple[datetime, str] | None:
    keys = from_cursor(cursor, 2)
    if keys is None:
        return None
    try:
        return datetime.fromisoformat(str(keys[0])), str(keys[1])
    except ValueError as error:
        raise Invalid("This cursor belongs to another list", field="cursor") from error
