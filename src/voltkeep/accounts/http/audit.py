"""The audit trail as a page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from voltkeep.accounts.actions.read_audit import AuditFilter, read_audit
from voltkeep.accounts.http.actor import ActorDep
from voltkeep.kit.paging import MOST_PER_PAGE, Page, place_in, to_cursor
from voltkeep.kit.web import ServicesDep

router = APIRouter(tags=["accounts"])


class AuditRow(BaseModel):
    """Who did what to which object; `action` is a code like `station.create`."""

    id: UUID
    at: datetime
    organisation_id: UUID
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    action: str
    object_kind: str
    object_id: str
    outcome: str
    details: dict[str, Any]
    address: str | None
    request_id: str | None


class AuditQuery(BaseModel):
    """`from` is inclusive, `to` is not."""

    object_kind: str | None = Field(None, max_length=100)
    object_id: str | None = Field(None, max_length=200)
    actor_id: UUID | None = None
    action: str | None = Field(None, max_length=100)
    since: AwareDatetime | None = Field(None, alias="from")
    until: AwareDatetime | None = Field(None, alias="to")
    cursor: str | None = None
    limit: int = Field(100, ge=1, le=MOST_PER_PAGE)


@router.get("/audit")
async def list_audit(asked: Annotated[AuditQuery, Query()], actor: ActorDep, services: ServicesDep) -> Page[AuditRow]:
    """Entries, newest first."""
    keys = place_in(asked.cursor, datetime.fromisoformat, UUID)
    wanted = AuditFilter(**asked.model_dump(exclude={"cursor", "limit"}))
    before = (str(keys[0]), str(keys[1])) if keys else None
    async with services.database.transaction() as tx:
        rows = await read_audit(tx, actor, wanted, before=before, limit=asked.limit + 1)
    items = [AuditRow.model_validate(row, from_attributes=True) for row in rows[: asked.limit]]
    more = len(rows) > asked.limit
    return Page(items=items, next=to_cursor(items[-1].at, str(items[-1].id)) if more else None)
