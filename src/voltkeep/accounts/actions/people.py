"""Reading people, and a person's edits to themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.identify import SignedIn
from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.accounts.permissions import PEOPLE_MANAGE
from voltkeep.accounts.store import grants
from voltkeep.accounts.store import people as store
from voltkeep.kit.db import Tx


async def list_people(tx: Tx, actor: Actor, *, after: tuple[str, str] | None, limit: int) -> Sequence[Row[Any]]:
    """People in the actor's reach by address. Raises NotPermitted."""
    require_anywhere(actor, PEOPLE_MANAGE)
    scope = scope_sql(actor, PEOPLE_MANAGE, organisation="p.organisation_id")
    return await store.list_people(tx, scope.sql, scope.parameters, after=after, limit=limit)


async def organisation_of(tx: Tx, organisation_id: UUID) -> Row[Any] | None:
    """Name and locale of an organisation."""
    return await store.organisation(tx, organisation_id)


async def granters_of(tx: Tx, organisation_id: UUID) -> list[str]:
    """Names of those who can grant permissions in an organisation, at most ten."""
    return list(await grants.granters(tx, organisation_id, PEOPLE_MANAGE))


async def edit_myself(tx: Tx, signed_in: SignedIn, *, name: str | None, locale: str | None, now: datetime) -> None:
    """Change one's own name or language; what is None stays."""
    actor = signed_in.actor
    if actor.id is None or actor.organisation_id is None:
        return
    await store.edit_person(tx, actor.id, name=name, locale=locale)
    await record_audit(
        tx,
        actor,
        action="person.edit",
        object_kind="person",
        object_id=str(actor.id),
        organisation_id=actor.organisation_id,
        now=now,
        details={key: value for key, value in {"name": name, "locale": locale}.items() if value is not None},
    )
