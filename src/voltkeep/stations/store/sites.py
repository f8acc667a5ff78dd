"""SQL of sites."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from voltkeep.accounts.actions.scope import Scope
from voltkeep.kit.db import Tx
from voltkeep.stations.model import Site

_NAMES = [field.name for field in fields(Site)]
_COLUMNS = ", ".join(f"x.{name}" for name in _NAMES)


async def page(tx: Tx, scope: Scope, *, after: tuple[str, UUID] | None, limit: int) -> list[Site]:
    """By name, from behind `after` (name, id)."""
    beyond = "and (x.name, x.id) > (:name, cast(:id as uuid))" if after else ""
    rows = await tx.rows(
        f"""select {_COLUMNS} from site x where x.retired_at is null and {scope.sql} {beyond}
            order by x.name, x.id limit :limit""",
        limit=limit,
        **({"name": after[0], "id": after[1]} if after else {}),
        **scope.parameters,
    )
    return [Site(**row._mapping) for row in rows]


async def add(tx: Tx, site: Site) -> None:
    """A new site."""
    await tx.run(
        f"insert into site ({', '.join(_NAMES)}) values ({', '.join(f':{name}' for name in _NAMES)})",
        **{name: getattr(site, name) for name in _NAMES},
    )


async def organisation_of(tx: Tx, site_id: UUID) -> UUID | None:
    """Whose a site in use is."""
    found: UUID | None = await tx.value(
        "select organisation_id from site where id = :id and retired_at is null", id=site_id
    )
    return found
