"""The web face of tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.paging import MOST_PER_PAGE, Page
from voltkeep.kit.web import ServicesDep
from voltkeep.tokens.actions.find_tokens import TokenFilter, TokenState, find_tokens
from voltkeep.tokens.actions.keep_tokens import NewToken, create_token, edit_token
from voltkeep.tokens.model import Token, judge

router = APIRouter(tags=["tokens"])


class TokenJson(BaseModel):
    """A token as screens and programs see it; `status` is what a station would be told now."""

    id: UUID
    organisation_id: UUID
    type: str
    uid: str
    label: str | None
    person_id: UUID | None
    parent_uid: str | None
    status: str
    blocked_at: datetime | None
    expires_at: datetime | None
    created_at: datetime


class TokenNew(BaseModel):
    """A token to add."""

    model_config = ConfigDict(extra="forbid")

    uid: str = Field(min_length=1, max_length=36)
    type: str = Field("ISO14443", min_length=1, max_length=30)
    label: str | None = Field(None, max_length=200)
    parent_uid: str | None = Field(None, min_length=1, max_length=36)
    expires_at: AwareDatetime | None = None
    organisation_id: UUID | None = None


class TokenEdit(BaseModel):
    """What to change; absent members stay as they are."""

    model_config = ConfigDict(extra="forbid")

    label: str | None = Field(None, max_length=200)
    parent_uid: str | None = Field(None, min_length=1, max_length=36)
    expires_at: AwareDatetime | None = None
    blocked: bool | None = None


class TokenQuery(BaseModel):
    """Filters of the list; `search` is part of a uid or label."""

    search: Annotated[str | None, Query(max_length=100)] = None
    state: TokenState | None = None
    cursor: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100


@router.get("/tokens")
async def list_tokens(
    actor: ActorDep, services: ServicesDep, wanted: Annotated[TokenQuery, Query()]
) -> Page[TokenJson]:
    """The list of tokens, by uid. Needs `token.view`."""
    now = clock.now()
    async with services.database.transaction() as tx:
        tokens, following = await find_tokens(tx, actor, TokenFilter(**wanted.model_dump()), now=now)
    return Page(items=[_json(token, now) for token in tokens], next=following)


@router.post("/tokens", status_code=201)
async def add_token(new: TokenNew, actor: ActorDep, services: ServicesDep) -> TokenJson:
    """Add a token to the list of an organisation. Needs `token.manage`."""
    now = clock.now()
    async with services.database.transaction() as tx:
        token = await create_token(tx, actor, NewToken(**new.model_dump()), now=now)
    return _json(token, now)


@router.patch("/tokens/{token_id}")
async def change_token(token_id: UUID, edit: TokenEdit, actor: ActorDep, services: ServicesDep) -> TokenJson:
    """Block, unblock, or change a token. Needs `token.manage`."""
    now = clock.now()
    async with services.database.transaction() as tx:
        token = await edit_token(tx, actor, token_id, edit.model_dump(exclude_unset=True), now=now)
    return _json(token, now)


def _json(token: Token, now: datetime) -> TokenJson:
    return TokenJson(
        id=token.id,
        organisation_id=token.organisation_id,
        type=token.type,
        uid=token.uid,
        label=token.label,
        person_id=token.person_id,
        parent_uid=token.parent_uid,
        status=judge(token, now).status,
        blocked_at=token.blocked_at,
        expires_at=token.expires_at,
        created_at=token.created_at,
    )
