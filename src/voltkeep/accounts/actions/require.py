"""The check before an act on something the actor already sees."""

from __future__ import annotations

from uuid import UUID

from voltkeep.accounts.model import Actor
from voltkeep.kit.errors import NotPermitted


class LacksPermission(NotPermitted):
    """The 403 of one organisation; the web adds who can grant the permission there."""

    def __init__(self, permission: str, organisation_id: UUID | None, *, granters: list[str] | None = None) -> None:
        super().__init__(permission, granters=granters)
        self.permission = permission
        self.organisation_id = organisation_id


def require(actor: Actor, permission: str, organisation_id: UUID) -> None:
    """Raises NotPermitted unless the actor holds the permission in the organisation."""
    if not actor.may(permission, organisation_id):
        raise LacksPermission(permission, organisation_id)


def require_anywhere(actor: Actor, permission: str) -> None:
    """Raises NotPermitted unless the actor holds the permission in some organisation: the guard of a whole list."""
    if not actor.organisations_for(permission):
        raise LacksPermission(permission, actor.organisation_id)
