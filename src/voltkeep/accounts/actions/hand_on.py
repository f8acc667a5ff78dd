"""Nobody gives what they don't hold: the check on every new grant and API token."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from voltkeep.accounts.actions.require import LacksPermission
from voltkeep.accounts.model import ANY_PERMISSION, Actor, unheld
from voltkeep.kit.errors import Invalid


def check_handed_on(
    actor: Actor, permissions: frozenset[str], organisation_id: UUID, known_permissions: Iterable[str]
) -> None:
    """Raises Invalid for a permission nobody knows, NotPermitted for one that the actor doesn't hold there."""
    known = frozenset(known_permissions) | {ANY_PERMISSION}
    unknown = sorted(permissions - known)
    if unknown and len(known) > 1:
        raise Invalid(f"Unknown permission: {', '.join(unknown)}", field="permissions", unknown=unknown)
    if missing := sorted(unheld(actor, permissions, organisation_id)):
        raise LacksPermission(missing[0], organisation_id)
