"""A token for a program: random, shown once, kept as a keyed hash, with a subset of its maker's rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.hand_on import check_handed_on
from voltkeep.accounts.model import SYSTEM, Actor
from voltkeep.accounts.store import api_tokens as store
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.kit.hashes import keyed_hash, random_secret
from voltkeep.kit.ids import new_id

PREFIX: Final = "vk_"
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What may be shown of a token at any time; `prefix` are its first characters, to tell tokens apart."""

    id: UUID
    organisation_id: UUID
    name: str
    prefix: str
    permissions: frozenset[str]
    created_at: datetime
    expires_at: datetime | None


async def create_api_token(  # noqa: PLR0913  one fact each, all named by the caller
    tx: Tx,
    *,
    name: str,
    permissions: Iterable[str],
    organisation_id: UUID,
    now: datetime,
    key: bytes,
    actor: Actor = SYSTEM,
    expires_at: datetime | None = None,
    known_permissions: Iterable[str] = (),
) -> tuple[ApiToken, str]:
    """The token and its secret. Raises Invalid, or NotPermitted for rights that `actor` doesn't hold there."""
    wanted = frozenset(permissions)
    if not wanted:
        raise Invalid("A token needs at least one permission", field="permissions")
    if expires_at is not None and expires_at <= now:
        raise Invalid("The expiry lies in the past", field="expires_at")
    check_handed_on(actor, wanted, organisation_id, known_permissions)
    plain = PREFIX + random_secret(40)
    token = ApiToken(new_id(), organisation_id, name, plain[:SHOWN], wanted, now, expires_at)
    await store.insert_api_token(
        tx,
        id=token.id,
        organisation_id=organisation_id,
        name=name,
        prefix=token.prefix,
        token_hash=keyed_hash(key, plain),
        permissions=sorted(wanted),
        created_by=actor.id if actor.kind == "person" else None,
        now=now,
        expires_at=expires_at,
    )
    await record_audit(
        tx,
        actor,
        action="api-token.create",
        object_kind="api-token",
        object_id=str(token.id),
        organisation_id=organisation_id,
        now=now,
        details={"name": name, "permissions": sorted(wanted)},
    )
    return token, plain
