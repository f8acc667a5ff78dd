"""Grants with their branches, in the one query that tells who a request comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from voltkeep.kit.db import Tx

# `granted(grant_id, organisation_id, permissions)` is given before; the branch below each is walked once.
BRANCHES = """
    branch as (
      select grant_id, organisation_id from granted
      union
      select b.grant_id, o.id from branch b join organisation o on o.parent_id = b.organisation_id
    ),
    expanded as (
      select g.permissions, array_agg(b.organisation_id) organisations
        from granted g join branch b using (grant_id) group by g.grant_id, g.permissions
    )
"""
AS_JSON = """
    (select coalesce(jsonb_agg(jsonb_build_object('permissions', permissions, 'organisations', organisations)), '[]')
       from expanded) grants
"""


async def browser_session(tx: Tx, token_hash: bytes, now: datetime) -> Row[Any] | None:
    """The living session with its person and grants, or None."""
    return await tx.row(
        f"""
        with recursive session as (
          select s.id session_id, s.csrf_token, s.last_seen_at, s.expires_at, p.id person_id, p.name, p.email, p.locale,
                 p.organisation_id
            from browser_session s join person p on p.id = s.person_id
           where s.token_hash = :token_hash and s.revoked_at is null and s.expires_at > :now and p.retired_at is null
        ),
        granted as (
          select g.id grant_id, g.organisation_id, g.permissions
            from permission_grant g join session on session.person_id = g.person_id
        ),
        {BRANCHES}
        select session.*, {AS_JSON} from session
        """,
        token_hash=token_hash,
        now=now,
    )


async def api_token(tx: Tx, token_hash: bytes, now: datetime) -> Row[Any] | None:
    """The living API token with its one grant over the branch of its organisation, or None."""
    return await tx.row(
        f"""
        with recursive token as (
          select id, name, organisation_id, permissions, last_used_at
            from api_token
           where token_hash = :token_hash and revoked_at is null and (expires_at is null or expires_at > :now)
        ),
        granted as (select id grant_id, organisation_id, permissions from token),
        {BRANCHES}
        select token.id, token.name, token.organisation_id, token.last_used_at, {AS_JSON} from token
        """,
        token_hash=token_hash,
        now=now,
    )


async def granters(tx: Tx, organisation_id: Any, permission: str) -> Sequence[str]:
    """Names of people who hold `permission` in the organisation or above it, at most ten."""
    rows = await tx.rows(
        """
        with recursive above as (
          select id, parent_id from organisation where id = :organisation_id
          union
          select o.id, o.parent_id from organisation o join above a on o.id = a.parent_id
        )
        select distinct p.name
          from permission_grant g join above a on a.id = g.organisation_id join person p on p.id = g.person_id
         where p.retired_at is null and g.permissions && array[:permission, '*']
         order by p.name limit 10
        """,
        organisation_id=organisation_id,
        permission=permission,
    )
    return [row.name for row in rows]
