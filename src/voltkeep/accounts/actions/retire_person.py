"""A person who leaves: no sign-in from the commit on, and every browser session of theirs ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.hand_on import check_handed_on
from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.accounts.permissions import PEOPLE_MANAGE
from voltkeep.accounts.store import people, sessions
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Conflict, NotVisible


class CannotRetireYourself(Conflict):
    """Somebody must stay who can let people in."""

    code = "cannot-retire-yourself"
    title = "You can't retire yourself"


async def retire_person(tx: Tx, actor: Actor, person_id: UUID, *, now: datetime) -> list[UUID]:
    """Ids of the sessions that ended. The API tokens they made stay: programs run on.

    Raises NotVisible, CannotRetireYourself, or NotPermitted for a person who may more than the actor.
    """
    require_anywhere(actor, PEOPLE_MANAGE)
    scope = scope_sql(actor, PEOPLE_MANAGE, organisation="p.organisation_id")
    person = await people.living_person(tx, person_id, scope.sql, scope.parameters)
    if person is None:
        raise NotVisible()
    if person_id == actor.id:
        raise CannotRetireYourself()
    check_handed_on(actor, frozenset(person.permissions), person.organisation_id, ())
    await people.retire_person(tx, person_id, now)
    ended = await sessions.revoke_other_sessions(tx, person_id, None, now)
    await record_audit(
        tx,
        actor,
        action="person.retire",
        object_kind="person",
        object_id=str(person_id),
        organisation_id=person.organisation_id,
        now=now,
        details={"email": person.email},
    )
    return ended
