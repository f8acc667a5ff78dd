"""People of the organisations one manages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from voltkeep.accounts.actions.create_person import NewPerson, create_person
from voltkeep.accounts.actions.people import list_people
from voltkeep.accounts.actions.require import require
from voltkeep.accounts.actions.retire_person import retire_person
from voltkeep.accounts.http.actor import ActorDep
from voltkeep.accounts.http.place import chosen_organisation
from voltkeep.accounts.http.sign_in import REVOKED
from voltkeep.accounts.permissions import PEOPLE_MANAGE
from voltkeep.kit import clock
from voltkeep.kit.paging import MOST_PER_PAGE, Page, place_in, to_cursor
from voltkeep.kit.web import ServicesDep

router = APIRouter(tags=["accounts"])


class PersonRow(BaseModel):
    """A person in the list; `permissions` are their own ones in any organisation."""

    id: UUID
    email: str
    name: str
    organisation_id: UUID
    permissions: list[str]
    created_at: datetime
    last_seen_at: datetime | None


class PersonNew(BaseModel):
    """Without a password one is made and shown once; without an organisation it is the maker's own."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254)]
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    permissions: list[str] = Field(max_length=200)
    organisation_id: UUID | None = None
    password: str | None = Field(None, min_length=1, max_length=200)
    locale: str | None = Field(None, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")


class PersonMade(BaseModel):
    """`password` is null if it was given, and in a repeated answer."""

    id: UUID
    email: str
    name: str
    password: str | None


@router.get("/people")
async def list_all_people(
    actor: ActorDep, services: ServicesDep, cursor: str | None = None, limit: int = Query(100, ge=1, le=MOST_PER_PAGE)
) -> Page[PersonRow]:
    """People by e-mail address."""
    keys = place_in(cursor, str, UUID)
    async with services.database.transaction() as tx:
        rows = await list_people(tx, actor, after=(str(keys[0]), str(keys[1])) if keys else None, limit=limit + 1)
    items = [PersonRow.model_validate(row, from_attributes=True) for row in rows[:limit]]
    more = len(rows) > limit
    return Page(items=items, next=to_cursor(items[-1].email.lower(), str(items[-1].id)) if more else None)


@router.post("/people", status_code=201)
async def add_person(new: PersonNew, actor: ActorDep, services: ServicesDep) -> PersonMade:
    """Add a person with permissions that the maker holds too."""
    organisation_id = chosen_organisation(actor, new.organisation_id, PEOPLE_MANAGE)
    require(actor, PEOPLE_MANAGE, organisation_id)
    wanted = NewPerson(
        new.email, new.name, organisation_id, frozenset(new.permissions), password=new.password, locale=new.locale
    )
    async with services.database.transaction() as tx:
        made = await create_person(tx, wanted, now=clock.now(), actor=actor, known_permissions=services.permissions)
    return PersonMade(id=made.id, email=new.email, name=new.name, password=made.password)


@router.post("/people/{person_id}/retire", status_code=204)
async def retire_one_person(person_id: UUID, actor: ActorDep, services: ServicesDep) -> None:
    """End a person's access for good; their browsers are signed out at once."""
    async with services.database.transaction() as tx:
        ended = await retire_person(tx, actor, person_id, now=clock.now())
    await services.bus.tell(REVOKED, {"ids": [str(one) for one in ended]})
