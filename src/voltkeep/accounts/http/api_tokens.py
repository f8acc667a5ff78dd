"""API tokens: list, make, revoke."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from voltkeep.accounts.actions.api_tokens import list_api_tokens, revoke_api_token
from voltkeep.accounts.actions.create_api_token import create_api_token
from voltkeep.accounts.actions.require import require
from voltkeep.accounts.http.actor import ActorDep
from voltkeep.accounts.http.place import chosen_organisation
from voltkeep.accounts.http.sign_in import REVOKED
from voltkeep.accounts.permissions import API_TOKEN_MANAGE
from voltkeep.kit import clock
from voltkeep.kit.paging import MOST_PER_PAGE, Page, place_in, to_cursor
from voltkeep.kit.web import ServicesDep

router = APIRouter(tags=["accounts"])


class ApiTokenRow(BaseModel):
    """What may be shown of a token at any time; `prefix` are its first characters."""

    id: UUID
    organisation_id: UUID
    name: str
    prefix: str
    permissions: list[str]
    created_at: datetime
    created_by: str | None
    expires_at: datetime | None
    last_used_at: datetime | None


class ApiTokenNew(BaseModel):
    """`permissions` must be held by the maker; without `expires_at` the token lives until it is revoked."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    permissions: list[str] = Field(min_length=1, max_length=200)
    organisation_id: UUID | None = None
    expires_at: AwareDatetime | None = None


class ApiTokenMade(ApiTokenRow):
    """`secret` is shown this once; null in a repeated answer."""

    secret: str | None


@router.get("/api-tokens")
async def list_tokens_of_programs(
    actor: ActorDep, services: ServicesDep, cursor: str | None = None, limit: int = Query(100, ge=1, le=MOST_PER_PAGE)
) -> Page[ApiTokenRow]:
    """Living API tokens, newest first."""
    keys = place_in(cursor, UUID)
    async with services.database.transaction() as tx:
        rows = await list_api_tokens(tx, actor, before=keys[0] if keys else None, limit=limit + 1)
    items = [ApiTokenRow.model_validate(row, from_attributes=True) for row in rows[:limit]]
    return Page(items=items, next=to_cursor(str(items[-1].id)) if len(rows) > limit else None)


@router.post("/api-tokens", status_code=201)
async def make_api_token(new: ApiTokenNew, actor: ActorDep, services: ServicesDep) -> ApiTokenMade:
    """Make a token; its secret is in this answer and nowhere else."""
    organisation_id = chosen_organisation(actor, new.organisation_id, API_TOKEN_MANAGE)
    require(actor, API_TOKEN_MANAGE, organisation_id)
    async with services.database.transaction() as tx:
        token, plain = await create_api_token(
            tx,
            name=new.name,
            permissions=new.permissions,
            organisation_id=organisation_id,
            now=clock.now(),
            key=services.secret_key,
            actor=actor,
            expires_at=new.expires_at,
            known_permissions=services.permissions,
        )
    return ApiTokenMade(
        id=token.id,
        organisation_id=token.organisation_id,
        name=token.name,
        prefix=token.prefix,
        permissions=sorted(token.permissions),
        created_at=token.created_at,
        created_by=actor.name,
        expires_at=token.expires_at,
        last_used_at=None,
        secret=plain,
    )


@router.delete("/api-tokens/{token_id}", status_code=204)
async def revoke_token_of_program(token_id: UUID, actor: ActorDep, services: ServicesDep) -> None:
    """End a token; the next request with it is refused, and its live streams close."""
    async with services.database.transaction() as tx:
        await revoke_api_token(tx, actor, token_id, now=clock.now())
    await services.bus.tell(REVOKED, {"ids": [str(token_id)]})
