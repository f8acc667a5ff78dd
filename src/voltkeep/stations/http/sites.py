"""Places with stations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.errors import Invalid
from voltkeep.kit.paging import MOST_PER_PAGE, Page, from_cursor, to_cursor
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.sites import create_site, list_sites
from voltkeep.stations.http.view import Text
from voltkeep.stations.model import NewSite

router = APIRouter(tags=["sites"])


class SiteView(BaseModel):
    """A site; `time_zone` is an IANA name."""

    id: UUID
    organisation_id: UUID
    name: str
    time_zone: str
    address: str | None
    latitude: float | None
    longitude: float | None
    created_at: datetime


class SiteNew(BaseModel):
    """Without an organisation it is the actor's."""

    name: Text
    time_zone: Text = "UTC"
    organisation_id: UUID | None = None
    address: Text | None = None
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)


@router.get("/sites")
async def list_all_sites(
    actor: ActorDep,
    services: ServicesDep,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100,
) -> Page[SiteView]:
    """Sites by name."""
    after = _position(cursor)
    async with services.database.transaction() as tx:
        sites = await list_sites(tx, actor, after=after, limit=limit + 1)
    items = [SiteView.model_validate(site, from_attributes=True) for site in sites[:limit]]
    return Page(items=items, next=to_cursor(items[-1].name, str(items[-1].id)) if len(sites) > limit else None)


@router.post("/sites", status_code=201)
async def add_site(new: SiteNew, actor: ActorDep, services: ServicesDep) -> SiteView:
    """Add a site."""
    async with services.database.transaction() as tx:
        site = await create_site(tx, actor, NewSite(**new.model_dump()), clock.now())
    return SiteView.model_validate(site, from_attributes=True)


def _position(cursor: str | None) -> tuple[str, UUID] | None:
    keys = from_cursor(cursor, 2)
    if keys is None:
        return None
    try:
        return str(keys[0]), UUID(str(keys[1]))
    except ValueError as error:
        raise Invalid("This cursor belongs to another list", field="cursor") from error
