"""Lists and counts of the stations that an actor sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import Scope, scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Database, Tx
from voltkeep.kit.errors import NotVisible
from voltkeep.stations.actions.candidates import waiting_count
from voltkeep.stations.model import Station, StationFilter, StationRow
from voltkeep.stations.permissions import STATION_VIEW
from voltkeep.stations.store import listing as store

PER_READ = 500
_KINDS = ("admission", "presence", "connector")


@dataclass(frozen=True, slots=True)
class Counts:
    """Stations by admission and presence, connectors by status, stations with a fault, and who waits to be let in."""

    by_admission: dict[str, int] = field(default_factory=dict)
    by_presence: dict[str, int] = field(default_factory=dict)
    connectors_by_status: dict[str, int] = field(default_factory=dict)
    faulted_stations: int = 0
    waiting: int = 0


async def list_stations(
    tx: Tx, actor: Actor, wanted: StationFilter, *, after: tuple[str, UUID] | None, limit: int
) -> list[StationRow]:
    """At most `limit` by identity, from behind `after` (identity, id). Raises NotPermitted."""
    return await store.page(tx, wanted, _scope(actor), after=after, limit=limit)


async def count_stations(tx: Tx, actor: Actor, wanted: StationFilter) -> int:
    """How many stations the filter leaves of those the actor sees."""
    return await store.count(tx, wanted, _scope(actor))


async def each_station(database: Database, actor: Actor, wanted: StationFilter) -> AsyncIterator[list[StationRow]]:
    """All of them, 500 at a time with a transaction each, so that a long export holds nothing."""
    after: tuple[str, UUID] | None = None
    while True:
        async with database.transaction() as tx:
            rows = await list_stations(tx, actor, wanted, after=after, limit=PER_READ)
        if rows:
            yield rows
        if len(rows) < PER_READ:
            return
        after = (rows[-1].station.identity, rows[-1].station.id)


async def row_of(tx: Tx, station: Station) -> StationRow:
    """A station the actor sees, as the list shows it."""
    row = await store.row_of(tx, station.id)
    if row is None:
        raise NotVisible
    return row


async def count_states(tx: Tx, actor: Actor) -> Counts:
    """The figures of the overview. Raises NotPermitted."""
    rows = await store.counts(tx, _scope(actor))
    by_kind = {kind: {row.name: row.n for row in rows if row.kind == kind and row.n} for kind in _KINDS}
    faulted = sum(row.stations for row in rows if row.name == "faulted")
    return Counts(
        by_kind["admission"],
        by_kind["presence"],
        by_kind["connector"],
        faulted,
        await waiting_count(tx, actor),
    )


def _scope(actor: Actor) -> Scope:
    require_anywhere(actor, STATION_VIEW)
    return scope_sql(actor, STATION_VIEW, organisation="s.organisation_id", site="s.site_id", station="s.id")
