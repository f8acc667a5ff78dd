"""One station: add, see, edit."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.web import IfMatch, ServicesDep, etag
from voltkeep.stations.actions.create_station import create_station
from voltkeep.stations.actions.edit_station import edit_station
from voltkeep.stations.actions.list_stations import row_of
from voltkeep.stations.actions.visible_to import visible_to
from voltkeep.stations.http.cut import cut
from voltkeep.stations.http.view import StationMade, StationView, Text, fields_of, to_view
from voltkeep.stations.model import Access, NewStation, StationEdit
from voltkeep.stations.permissions import STATION_CONFIGURE

router = APIRouter(tags=["stations"])


class StationDetails(BaseModel):
    """What may be said of a station when it comes onto the list."""

    organisation_id: UUID | None = None
    site_id: UUID | None = None
    name: Text | None = None
    access: Access = "public"


class StationNew(StationDetails):
    """`identity` is what the station puts into the address it connects to."""

    identity: str

    def to_new(self) -> NewStation:
        """As the action takes it."""
        return NewStation(self.identity, self.organisation_id, self.site_id, self.name, self.access)


class StationPatch(BaseModel):
    """Fields that are left out stay as they are."""

    identity: str | None = None
    name: Text | None = None
    site_id: UUID | None = None
    access: Access | None = None

    def to_edit(self) -> StationEdit:
        """As the action takes it; identity and access can't be emptied, so null leaves them."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return StationEdit(**{k: v for k, v in given.items() if v is not None or k in ("name", "site_id")})


@router.post("/stations", status_code=201)
async def add_station(new: StationNew, actor: ActorDep, services: ServicesDep, response: Response) -> StationMade:
    """Add an approved station; its password is in this answer and nowhere else."""
    async with services.database.transaction() as tx:
        station, password = await create_station(tx, actor, new.to_new(), key=services.secret_key, now=clock.now())
        row = await row_of(tx, station)
    response.headers["ETag"] = etag(station.revision)
    return StationMade.model_validate(fields_of(row) | {"password": password})


@router.get("/stations/{station}")
async def get_station(station: str, actor: ActorDep, services: ServicesDep, response: Response) -> StationView:
    """One station by id or identity."""
    async with services.database.transaction() as tx:
        row = await row_of(tx, await visible_to(tx, actor, station))
    response.headers["ETag"] = etag(row.station.revision)
    return to_view(row)


@router.patch("/stations/{station}")
async def patch_station(
    station: str, patch: StationPatch, actor: ActorDep, services: ServicesDep, revision: IfMatch, response: Response
) -> StationView:
    """Change name, site, access or identity; a new identity ends the connection made under the old one."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, STATION_CONFIGURE)
        changed = await edit_station(tx, actor, found, patch.to_edit(), revision=revision, now=clock.now())
        row = await row_of(tx, changed)
    if changed.identity != found.identity:
        await cut(services.bus, changed, "identity-changed")
    response.headers["ETag"] = etag(row.station.revision)
    return to_view(row)
