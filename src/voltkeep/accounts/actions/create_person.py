"""A new person with permissions in one organisation and everything below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.hand_on import check_handed_on
from voltkeep.accounts.actions.passwords import check_new_password, hash_password
from voltkeep.accounts.model import Actor
from voltkeep.accounts.store import people
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Conflict, Invalid
from voltkeep.kit.hashes import random_secret
from voltkeep.kit.ids import new_id

# As HTML's input type=email has it, so that the form and the server agree (HTML, 4.10.5.1.5).
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)


class EmailTaken(Conflict):
    """Somebody signs in with this address already; who isn't told."""

    code = "email-taken"
    title = "This e-mail address is taken"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is asked for; without a password one is made."""

    email: str
    name: str
    organisation_id: UUID
    permissions: frozenset[str]
    password: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class CreatedPerson:
    """`password` is the one that was made, to be shown once; None if it was given."""

    id: UUID
    password: str | None


async def create_person(
    tx: Tx, new: NewPerson, *, now: datetime, actor: Actor, known_permissions: Iterable[str] = ()
) -> CreatedPerson:
    """Raises Invalid, EmailTaken, or NotPermitted for permissions that the actor doesn't hold there."""
    if len(new.email) > 254 or not _EMAIL.fullmatch(new.email):
        raise Invalid("This isn't an e-mail address", field="email")
    check_handed_on(actor, new.permissions, new.organisation_id, known_permissions)
    made = None if new.password else random_secret(16)
    password = new.password or made or ""
    check_new_password(password)
    person_id = new_id()
    added = await people.insert_person(
        tx,
        id=person_id,
        organisation_id=new.organisation_id,
        email=new.email,
        name=new.name,
        password_hash=await hash_password(password),
        locale=new.locale,
        now=now,
    )
    if not added:
        raise EmailTaken()
    await _grant(tx, person_id, new, actor, now)
    return CreatedPerson(person_id, made)


async def _grant(tx: Tx, person_id: UUID, new: NewPerson, actor: Actor, now: datetime) -> None:
    await people.insert_grant(
        tx,
        id=new_id(),
        organisation_id=new.organisation_id,
        person_id=person_id,
        permissions=sorted(new.permissions),
        now=now,
    )
    await record_audit(
        tx,
        actor,
        action="person.create",
        object_kind="person",
        object_id=str(person_id),
        organisation_id=new.organisation_id,
        now=now,
        details={"email": new.email, "permissions": sorted(new.permissions)},
    )
