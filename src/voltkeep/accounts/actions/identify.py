"""From a cookie or an API token to the actor, in one query; what isn't valid is simply nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voltkeep.accounts.model import Actor, Grant
from voltkeep.accounts.store import grants, sessions
from voltkeep.kit.db import Tx
from voltkeep.kit.hashes import keyed_hash

# Last use is kept to the minute: a busy screen must not write a row with each request.
TOUCH_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser session and whom it belongs to."""

    session_id: UUID
    csrf_token: str
    email: str
    locale: str | None
    actor: Actor


async def identify_session(
    tx: Tx,
    plain: str,
    *,
    key: bytes,
    idle: timedelta | None,
    now: datetime,
    address: str | None,
    request_id: str | None,
) -> SignedIn | None:
    """The living session behind a cookie; its idle end moves to `idle` from now, None leaves it."""
    row = await grants.browser_session(tx, keyed_hash(key, plain), now)
    if row is None:
        return None
    if idle is not None and now - row.last_seen_at >= TOUCH_AFTER:
        await sessions.touch_session(tx, row.session_id, now, now + idle)
    actor = Actor(
        kind="person",
        id=row.person_id,
        name=row.name,
        organisation_id=row.organisation_id,
        grants=to_grants(row.grants),
        address=address,
        request_id=request_id,
    )
    return SignedIn(row.session_id, row.csrf_token, row.email, row.locale, actor)


async def identify_api_token(
    tx: Tx, plain: str, *, key: bytes, now: datetime, address: str | None, request_id: str | None
) -> Actor | None:
    """The actor behind an API token."""
    row = await grants.api_token(tx, keyed_hash(key, plain), now)
    if row is None:
        return None
    if row.last_used_at is None or now - row.last_used_at >= TOUCH_AFTER:
        await sessions.touch_api_token(tx, row.id, now)
    return Actor(
        kind="api-token",
        id=row.id,
        name=row.name,
        organisation_id=row.organisation_id,
        grants=to_grants(row.grants),
        address=address,
        request_id=request_id,
    )


def to_grants(rows: Sequence[dict[str, Any]]) -> tuple[Grant, ...]:
    """Grants from the store's JSON."""
    return tuple(
        Grant(frozenset(UUID(one) for one in row["organisations"]), frozenset(row["permissions"])) for row in rows
    )
