"""API tokens: their hashes, rights and ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx


async def insert_api_token(tx: Tx, **columns: Any) -> None:
    """One row of api_token."""
    await tx.run(
        """
        insert into api_token (id, organisation_id, name, prefix, token_hash, permissions, created_by, created_at,
                               expires_at)
        values (:id, :organisation_id, :name, :prefix, :token_hash, cast(:permissions as text[]), :created_by, :now,
                :expires_at)
        """,
        **columns,
    )


async def list_api_tokens(
    tx: Tx, scope: str, parameters: dict[str, Any], *, before: UUID | None, limit: int
) -> Sequence[Row[Any]]:
    """Tokens that aren't revoked, newest first; `before` is the last id seen."""
    return await tx.rows(
        f"""
        select t.id, t.organisation_id, t.name, t.prefix, t.permissions, t.created_at, t.expires_at, t.last_used_at,
               p.name created_by
          from api_token t left join person p on p.id = t.created_by
         where t.revoked_at is null and {scope} and (cast(:before as uuid) is null or t.id < :before)
         order by t.id desc limit :limit
        """,
        **parameters,
        before=before,
        limit=limit,
    )


async def revoke_api_token(
    tx: Tx, token_id: UUID, scope: str, parameters: dict[str, Any], now: datetime
) -> Row[Any] | None:
    """The token that ended here, or None if there is none in reach."""
    return await tx.row(
        f"""
        update api_token t set revoked_at = :now where t.id = :id and t.revoked_at is null and {scope}
        returning t.id, t.name, t.organisation_id
        """,
        **parameters,
        id=token_id,
        now=now,
    )
