"""What an actor sees, as a condition over the caller's own columns: accounts joins nobody's tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voltkeep.accounts.model import ALL, Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """`sql` is a whole condition for a WHERE; `parameters` go to the statement beside the caller's own."""

    sql: str
    parameters: dict[str, Any]


def scope_sql(
    actor: Actor, permission: str, *, organisation: str, site: str | None = None, station: str | None = None
) -> Scope:
    """The condition that keeps the rows in which `actor` holds `permission`.

    `organisation`, `site` and `station` are column expressions of the caller (`s.organisation_id`), never input.
    Grants reach organisations; callers name the site's and station's column too, so that narrower grants can bind them.
    """
    reach = actor.organisations_for(permission)
    if reach is ALL:
        return Scope("true", {})
    return Scope(f"{organisation} = any(cast(:scope_organisations as uuid[]))", {"scope_organisations": list(reach)})
