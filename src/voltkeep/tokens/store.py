"""All SQL over tokens."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.tokens.model import Token

_COLUMNS = (
    "t.id, t.organisation_id, t.type, t.uid, t.label, t.person_id, t.parent_uid, t.blocked_at, t.expires_at,"
    " t.created_at"
)
_NEAREST = f"""
    with recursive up (base, id, parent_id, depth) as (
      select o.id, o.id, o.parent_id, 0 from organisation o where o.id = any(%b::uuid[])
      union all
      select up.base, o.id, o.parent_id, up.depth + 1 from up join organisation o on o.id = up.parent_id
       where up.depth < 32)
    select u.base, u.uid, {_COLUMNS}
      from unnest(%b::uuid[], %b::text[]) as u(base, uid)
      cross join lateral (
        select t.* from token t join up on up.id = t.organisation_id and up.base = u.base
         where upper(t.uid) = u.uid and t.retired_at is null order by up.depth, t.created_at limit 1) t
"""


async def nearest_tokens(tx: Tx, keys: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Token]:
    """For each (organisation, upper-case uid) the token of that organisation or of the nearest one above it."""
    if not keys:
        return {}
    bases, uids = [key[0] for key in keys], [key[1] for key in keys]
    cursor = (await tx.raw()).cursor(binary=True)
    await cursor.execute(_NEAREST.encode(), [list(set(bases)), bases, uids])
    return {(row[0], row[1]): Token(*row[2:]) for row in await cursor.fetchall()}
