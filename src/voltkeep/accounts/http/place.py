"""The organisation a new thing goes to."""

from __future__ import annotations

from uuid import UUID

from voltkeep.accounts.model import Actor
from voltkeep.kit.errors import Invalid


def chosen_organisation(actor: Actor, asked: UUID | None, permission: str) -> UUID:
    """The one asked for, else the actor's own. Raises Invalid for one out of reach, existing or not."""
    if asked is None or asked == actor.organisation_id:
        if actor.organisation_id is None:
            raise Invalid("Name an organisation", field="organisation_id")
        return actor.organisation_id
    if not actor.may(permission, asked):
        raise Invalid("There is no such organisation in your reach", field="organisation_id")
    return asked
