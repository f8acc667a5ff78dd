"""The list of tokens: add, look, change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Conflict, Invalid, NotVisible
from voltkeep.kit.ids import new_id
from voltkeep.tokens import store
from voltkeep.tokens.model import LONGEST_UID, Token

VIEW = "token.view"
MANAGE = "token.manage"


class TokenTaken(Conflict):
    """The organisation's list has this uid already."""

    code = "token-taken"
    title = "This token is on the list already"


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to add; without an organisation it goes to the actor's own."""

    uid: str
    type: str = "ISO14443"
    label: str | None = None
    parent_uid: str | None = None
    expires_at: datetime | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None


async def create_token(tx: Tx, actor: Actor, new: NewToken, *, now: datetime) -> Token:
    """Add a token. Raises TokenTaken, Invalid, NotPermitted."""
    organisation_id = new.organisation_id or actor.organisation_id
    if organisation_id is None:
        raise Invalid("Say which organisation the token belongs to", field="organisation_id")
    require(actor, MANAGE, organisation_id)
    uid = _uid(new.uid, "uid")
    parent = None if new.parent_uid is None else _uid(new.parent_uid, "parent_uid")
    token = Token(new_id(), organisation_id, new.type, uid, new.label, new.person_id, parent, None, new.expires_at, now)
    if not await store.add_token(tx, token):
        raise TokenTaken(uid=uid)
    await _audit(tx, actor, "token.create", token, now, {"uid": uid})
    return token


async def edit_token(tx: Tx, actor: Actor, token_id: UUID, changes: dict[str, Any], *, now: datetime) -> Token:
    """Change `label`, `parent_uid`, `expires_at` or `blocked` (true or false). Raises NotVisible, NotPermitted."""
    token = await store.token_of(tx, token_id, scope_sql(actor, VIEW, organisation="t.organisation_id"))
    if token is None:
        raise NotVisible()
    require(actor, MANAGE, token.organisation_id)
    wanted = dict(changes)
    if "blocked" in wanted:
        is_blocked = wanted.pop("blocked")
        wanted["blocked_at"] = (token.blocked_at or now) if is_blocked else None
    if wanted.get("parent_uid") is not None:
        wanted["parent_uid"] = _uid(wanted["parent_uid"], "parent_uid")
    edited = replace(token, **wanted)
    await store.save_token(tx, edited)
    await _audit(tx, actor, "token.edit", edited, now, {"changed": sorted(changes)})
    return edited


def _uid(text: str, field: str) -> str:
    uid = text.strip()
    if not 1 <= len(uid) <= LONGEST_UID or not uid.isprintable():
        raise Invalid(f"A token's uid has 1 to {LONGEST_UID} printable characters", field=field)
    return uid


async def _audit(tx: Tx, actor: Actor, action: str, token: Token, now: datetime, details: dict[str, Any]) -> None:
    await record_audit(
        tx,
        actor,
        action=action,
        object_kind="token",
        object_id=str(token.id),
        organisation_id=token.organisation_id,
        now=now,
        details=details,
    )
