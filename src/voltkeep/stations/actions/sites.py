"""Places with stations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require, require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.kit.ids import new_id
from voltkeep.stations.model import NewSite, Site
from voltkeep.stations.permissions import STATION_CREATE, STATION_VIEW
from voltkeep.stations.store import sites as store


async def list_sites(tx: Tx, actor: Actor, *, after: tuple[str, UUID] | None, limit: int) -> list[Site]:
    """By name, from behind `after` (name, id). Raises NotPermitted."""
    require_anywhere(actor, STATION_VIEW)
    scope = scope_sql(actor, STATION_VIEW, organisation="x.organisation_id", site="x.id")
    return await store.page(tx, scope, after=after, limit=limit)


async def create_site(tx: Tx, actor: Actor, new: NewSite, now: datetime) -> Site:
    """A new site. Raises Invalid (organisation_id, time_zone), NotPermitted."""
    organisation_id = new.organisation_id or actor.organisation_id
    if organisation_id is None:
        raise Invalid("Say whose the site is", field="organisation_id")
    require(actor, STATION_CREATE, organisation_id)
    if new.time_zone not in available_timezones():
        raise Invalid("Not a time zone of the IANA list", field="time_zone")
    site = Site(new_id(), organisation_id, new.name, new.time_zone, new.address, new.latitude, new.longitude, now)
    await store.add(tx, site)
    await record_audit(
        tx,
        actor,
        action="site.create",
        object_kind="site",
        object_id=str(site.id),
        organisation_id=organisation_id,
        now=now,
        details={"name": site.name},
    )
    return site
