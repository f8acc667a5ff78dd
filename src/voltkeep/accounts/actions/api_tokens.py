"""The list of API tokens, and the end of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.accounts.permissions import API_TOKEN_MANAGE
from voltkeep.accounts.store import api_tokens as store
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import NotVisible


async def list_api_tokens(tx: Tx, actor: Actor, *, before: UUID | None, limit: int) -> Sequence[Row[Any]]:
    """Living tokens in the actor's reach, newest first. Raises NotPermitted."""
    require_anywhere(actor, API_TOKEN_MANAGE)
    scope = scope_sql(actor, API_TOKEN_MANAGE, organisation="t.organisation_id")
    return await store.list_api_tokens(tx, scope.sql, scope.parameters, before=before, limit=limit)


async def revoke_api_token(tx: Tx, actor: Actor, token_id: UUID, *, now: datetime) -> None:
    """End a token at once. Raises NotPermitted, or NotVisible for one that isn't in reach or ended before."""
    require_anywhere(actor, API_TOKEN_MANAGE)
    scope = scope_sql(actor, API_TOKEN_MANAGE, organisation="t.organisation_id")
    ended = await store.revoke_api_token(tx, token_id, scope.sql, scope.parameters, now)
    if ended is None:
        raise NotVisible()
    await record_audit(
        tx,
        actor,
        action="api-token.revoke",
        object_kind="api-token",
        object_id=str(token_id),
        organisation_id=ended.organisation_id,
        now=now,
        details={"name": ended.name},
    )
