"""Who is signed in: name, language, rights, and the change of the password."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StringConstraints

from voltkeep.accounts.actions.change_password import change_password
from voltkeep.accounts.actions.identify import SignedIn
from voltkeep.accounts.actions.people import edit_myself, organisation_of
from voltkeep.accounts.http.actor import ActorDep, SignedInDep, find_session
from voltkeep.accounts.http.sign_in import REVOKED
from voltkeep.accounts.model import ANY_PERMISSION, Actor, ActorKind
from voltkeep.kit import clock
from voltkeep.kit.services import Services
from voltkeep.kit.web import ServicesDep

router = APIRouter(tags=["accounts"])


class MyOrganisation(BaseModel):
    """Where a person or token belongs."""

    id: UUID
    name: str
    locale: str


class Me(BaseModel):
    """`permissions` are those held anywhere, `*` spelled out; `csrf_token` and `email` are null for an API token."""

    kind: ActorKind
    id: UUID | None
    name: str
    email: str | None
    locale: str | None
    organisation: MyOrganisation | None
    permissions: list[str]
    csrf_token: str | None


class MyEdit(BaseModel):
    """What is absent stays."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    locale: str | None = Field(None, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")


class PasswordChange(BaseModel):
    """Both as typed."""

    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


@router.get("/me")
async def get_me(request: Request, actor: ActorDep, services: ServicesDep) -> Me:
    """The person or API token that asks."""
    session = await find_session(request, services) if actor.kind == "person" else None
    return await _me(services, actor, session)


@router.patch("/me")
async def edit_me(request: Request, edit: MyEdit, signed_in: SignedInDep, services: ServicesDep) -> Me:
    """Change one's own name or language."""
    async with services.database.transaction() as tx:
        await edit_myself(tx, signed_in, name=edit.name, locale=edit.locale, now=clock.now())
    session = await find_session(request, services) or signed_in
    return await _me(services, session.actor, session)


@router.post("/me/password", status_code=204)
async def change_my_password(change: PasswordChange, signed_in: SignedInDep, services: ServicesDep) -> None:
    """Change one's own password; every other browser session of this person ends."""
    ended = await change_password(
        services.database,
        signed_in,
        current=change.current,
        new=change.new,
        key=services.secret_key,
        now=clock.now(),
    )
    await services.bus.tell(REVOKED, {"ids": [str(one) for one in ended]})


async def _me(services: Services, actor: Actor, session: SignedIn | None) -> Me:
    organisation = None
    if actor.organisation_id is not None:
        async with services.database.transaction() as tx:
            organisation = await organisation_of(tx, actor.organisation_id)
    held = frozenset[str]().union(*(grant.permissions for grant in actor.grants))
    return Me(
        kind=actor.kind,
        id=actor.id,
        name=actor.name,
        email=session.email if session else None,
        locale=session.locale if session else None,
        organisation=MyOrganisation(id=organisation.id, name=organisation.name, locale=organisation.locale)
        if organisation
        else None,
        permissions=sorted(held | set(services.permissions) if ANY_PERMISSION in held else held),
        csrf_token=session.csrf_token if session else None,
    )
