"""All SQL over tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.accounts.actions.scope import Scope
from voltkeep.kit.arrays import Array, array_of, binary_cursor
from voltkeep.kit.db import Tx
from voltkeep.tokens.model import Token

_COLUMNS = (
    "t.id, t.organisation_id, t.type, t.uid, t.label, t.person_id, t.parent_uid, t.blocked_at, t.expires_at,"
    " t.created_at"
)
_STATES = {
    "valid": "t.blocked_at is null and (t.expires_at is null or t.expires_at > :now)",
    "blocked": "t.blocked_at is not null",
    "expired": "t.blocked_at is null and t.expires_at <= :now",
}
_ABOVE = """
    with recursive up (base, id, parent_id, depth) as (
      select o.id, o.id, o.parent_id, 0 from organisation o where o.id = any(%b::uuid[])
      union all
      select up.base, o.id, o.parent_id, up.depth + 1 from up join organisation o on o.id = up.parent_id
       where up.depth < 32)
    select base, id from up order by base, depth
"""
_OF_UIDS = f"""
    select upper(t.uid), {_COLUMNS} from token t
     where upper(t.uid) = any(%b::text[]) and t.retired_at is null and t.organisation_id = any(%b::uuid[])
"""


async def nearest_tokens(tx: Tx, keys: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Token]:
    """For each (organisation, upper-case uid) the token of that organisation or of the nearest one above it."""
    if not keys:
        return {}
    chains: dict[UUID, list[UUID]] = {}
    for base, above in await _rows(tx, _ABOVE, array_of("uuid", list({base for base, _ in keys}))):
        chains.setdefault(base, []).append(above)
    organisations = array_of("uuid", list({above for chain in chains.values() for above in chain}))
    rows = await _rows(tx, _OF_UIDS, array_of("text", list({uid for _, uid in keys})), organisations)
    # A uid may be there once a type: the oldest decides.
    tokens = {(row[2], row[0]): Token(*row[1:]) for row in sorted(rows, key=lambda row: row[-1], reverse=True)}
    return {
        (base, uid): found[0]
        for base, uid in keys
        if (found := [tokens[above, uid] for above in chains.get(base, ()) if (above, uid) in tokens])
    }


async def _rows(tx: Tx, sql: str, *arrays: Array) -> list[tuple[Any, ...]]:
    cursor = binary_cursor(await tx.raw())
    await cursor.execute(sql.encode(), arrays)
    return await cursor.fetchall()


async def add_token(tx: Tx, token: Token) -> bool:
    """Whether it was added; False where the list has its uid."""
    return bool(
        await tx.run(
            """
            insert into token (id, organisation_id, type, uid, label, person_id, parent_uid, blocked_at, expires_at,
                               created_at)
            values (:id, :organisation_id, :type, :uid, :label, :person_id, :parent_uid, :blocked_at, :expires_at,
                    :created_at)
            on conflict do nothing
            """,
            **asdict(token),
        )
    )


async def save_token(tx: Tx, token: Token) -> None:
    """Replace what may change."""
    await tx.run(
        """
        update token set label = :label, parent_uid = :parent_uid, expires_at = :expires_at, blocked_at = :blocked_at
         where id = :id
        """,
        id=token.id,
        label=token.label,
        parent_uid=token.parent_uid,
        expires_at=token.expires_at,
        blocked_at=token.blocked_at,
    )


async def token_of(tx: Tx, token_id: UUID, scope: Scope) -> Token | None:
    """One token of those in scope, locked."""
    row = await tx.row(
        f"select {_COLUMNS} from token t where t.id = :id and t.retired_at is null and {scope.sql} for update",
        id=token_id,
        **scope.parameters,
    )
    return None if row is None else Token(*tuple(row))


async def page_of_tokens(
    tx: Tx,
    scope: Scope,
    *,
    search: str | None,
    state: str | None,
    after: tuple[Any, ...] | None,
    limit: int,
    now: datetime,
) -> list[Token]:
    """Tokens in scope by upper-case uid and id, from after the two keys on."""
    conditions = ["t.retired_at is null", scope.sql]
    parameters: dict[str, Any] = {"limit": limit, "now": now} | scope.parameters
    if search:
        conditions.append("(t.uid ilike :search or t.label ilike :search)")
        parameters["search"] = f"%{as_pattern(search)}%"
    if state is not None:
        conditions.append(_STATES[state])
    if after is not None:
        conditions.append("(upper(t.uid), t.id) > (:after_uid, cast(:after_id as uuid))")
        parameters |= {"after_uid": after[0], "after_id": after[1]}
    rows = await tx.rows(
        f"select {_COLUMNS} from token t where {' and '.join(conditions)} order by upper(t.uid), t.id limit :limit",
        **parameters,
    )
    return [Token(*tuple(row)) for row in rows]


def as_pattern(text: str) -> str:
    """Text as a part of a LIKE pattern that means itself."""
    return text.replace("\0", "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
