"""Who acts and what they may do: pure rules, no web and no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, Literal
from uuid import UUID

ANY_PERMISSION: Final = "*"

ActorKind = Literal["person", "api-token", "system"]


@dataclass(frozen=True, slots=True)
class Permission:
    """A right by its code, with English words that say what it allows."""

    code: str
    words: str


class Everything(Enum):
    """The reach of somebody who isn't bound to any organisation."""

    ALL = "all"


ALL: Final = Everything.ALL
Reach = frozenset[UUID] | Literal[Everything.ALL]


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions (`*` for each) in organisations; branches are expanded already."""

    organisation_ids: frozenset[UUID]
    permissions: frozenset[str]

    def gives(self, permission: str) -> bool:
        """Whether this grant holds the permission."""
        return permission in self.permissions or ANY_PERMISSION in self.permissions


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something; `organisation_id` is where the person or token belongs, None for the system."""

    kind: ActorKind
    id: UUID | None
    name: str
    organisation_id: UUID | None
    grants: tuple[Grant, ...] = ()
    address: str | None = None
    request_id: str | None = None

    def organisations_for(self, permission: str) -> Reach:
        """Every organisation in which the actor holds the permission; ALL for the system."""
        if self.kind == "system":
            return ALL
        reached = (grant.organisation_ids for grant in self.grants if grant.gives(permission))
        return frozenset[UUID]().union(*reached)

    def may(self, permission: str, organisation_id: UUID) -> bool:
        """Whether the actor holds the permission in this organisation."""
        reach = self.organisations_for(permission)
        return reach is ALL or organisation_id in reach

    def permissions_in(self, organisation_id: UUID) -> frozenset[str]:
        """The permissions held in one organisation, `*` unexpanded."""
        if self.kind == "system":
            return frozenset({ANY_PERMISSION})
        held = (grant.permissions for grant in self.grants if organisation_id in grant.organisation_ids)
        return frozenset[str]().union(*held)


SYSTEM: Final = Actor(kind="system", id=None, name="Voltkeep", organisation_id=None)


LONGEST_DELAY: Final = timedelta(minutes=5)
FORGET_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attempts:
    """Sign-ins that were tried with one account or from one address without a right password."""

    failures: int
    failed_at: datetime
    locked_until: datetime

    def wait_s(self, now: datetime) -> float:
        """Seconds until the next attempt is looked at; 0 if now."""
        return max(0.0, (self.locked_until - now).total_seconds())

    def another(self, now: datetime, *, free: int) -> Attempts:
        """With one more attempt: the first `free` cost nothing, then the wait doubles up to LONGEST_DELAY."""
        failures = 1 if now - self.failed_at > FORGET_AFTER else self.failures + 1
        wait = (
            timedelta(0) if failures <= free else min(LONGEST_DELAY, timedelta(seconds=2 ** min(failures - free, 20)))
        )
        return Attempts(failures, now, now + wait)


def unheld(actor: Actor, permissions: frozenset[str], organisation_id: UUID) -> frozenset[str]:
    """Those of `permissions` that the actor doesn't hold there, and so can't hand on."""
    held = actor.permissions_in(organisation_id)
    return frozenset() if ANY_PERMISSION in held else permissions - held
