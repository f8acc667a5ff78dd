"""The first organisation and its administrator, made once on an empty installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from voltkeep.accounts.actions.create_person import NewPerson, create_person
from voltkeep.accounts.model import ANY_PERMISSION, SYSTEM
from voltkeep.accounts.store import people
from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id

EMAIL: Final = "admin@voltkeep.local"
ORGANISATION: Final = "Voltkeep"


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """To be shown once and kept in a private file."""

    email: str
    password: str


async def create_first_administrator(tx: Tx, *, now: datetime) -> FirstAdministrator | None:
    """None if anybody exists already; safe to call from several processes at once."""
    if await people.anybody(tx):
        return None
    organisation_id = await ensure_root_organisation(tx, now=now)
    new = NewPerson(EMAIL, "Administrator", organisation_id, frozenset({ANY_PERMISSION}))
    made = await create_person(tx, new, now=now, actor=SYSTEM)
    return FirstAdministrator(EMAIL, made.password or "")


async def ensure_root_organisation(tx: Tx, *, now: datetime) -> UUID:
    """The id of the organisation above all others, made if there is none."""
    if found := await people.root_organisation(tx):
        return UUID(str(found.id))
    organisation_id = new_id()
    await people.insert_organisation(tx, organisation_id=organisation_id, parent_id=None, name=ORGANISATION, now=now)
    return organisation_id
