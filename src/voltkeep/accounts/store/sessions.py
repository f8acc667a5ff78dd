"""Browser sessions and the last use of API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.kit.db import Tx


async def insert_session(tx: Tx, **columns: Any) -> None:
    """One row of browser_session."""
    await tx.run(
        """
        insert into browser_session (id, person_id, token_hash, csrf_token, address, user_agent, created_at,
                                     last_seen_at, expires_at)
        values (:id, :person_id, :token_hash, :csrf_token, :address, :user_agent, :now, :now, :expires_at)
        """,
        **columns,
    )


async def touch_session(tx: Tx, session_id: UUID, now: datetime, expires_at: datetime) -> None:
    """Move the idle end of a session."""
    await tx.run(
        "update browser_session set last_seen_at = :now, expires_at = :expires_at where id = :id",
        id=session_id,
        now=now,
        expires_at=expires_at,
    )


async def revoke_session(tx: Tx, session_id: UUID, now: datetime) -> int:
    """Rows ended: one, or none if it had ended before."""
    return await tx.run(
        "update browser_session set revoked_at = :now where id = :id and revoked_at is null", id=session_id, now=now
    )


async def revoke_other_sessions(tx: Tx, person_id: UUID, kept: UUID | None, now: datetime) -> list[UUID]:
    """Ids of the person's sessions that ended here: all but `kept`."""
    rows = await tx.rows(
        """
        update browser_session set revoked_at = :now
         where person_id = :person_id and revoked_at is null and id is distinct from cast(:kept as uuid)
        returning id
        """,
        person_id=person_id,
        kept=kept,
        now=now,
    )
    return [row.id for row in rows]


async def touch_api_token(tx: Tx, token_id: UUID, now: datetime) -> None:
    """Note the last use of an API token."""
    await tx.run("update api_token set last_used_at = :now where id = :id", id=token_id, now=now)


async def purge(tx: Tx, before: datetime) -> int:
    """Drop sessions that ended before; rows dropped."""
    return await tx.run(
        "delete from browser_session where least(expires_at, coalesce(revoked_at, 'infinity')) < :before", before=before
    )
