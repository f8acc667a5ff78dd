"""SQL of lists and counts of stations: one statement a page, connectors folded in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.accounts.actions.scope import Scope
from voltkeep.kit.db import Tx
from voltkeep.stations.model import ConnectorState, StationFilter, StationRow
from voltkeep.stations.store.station_row import STATION_COLUMNS, STATION_SOURCE, to_station

# The very expression of the trigram index station_search.
_SEARCHED = (
    "(s.identity || ' ' || coalesce(s.name, '') || ' ' || coalesce(s.vendor, '') || ' ' || coalesce(s.model, '') "
    "|| ' ' || coalesce(s.serial_number, ''))"
)
_CONDITIONS = {
    "search": f"{_SEARCHED} ilike :search",
    "status": "exists (select 1 from connector c where c.station_id = s.id and c.status = :status)",
    "online": "coalesce(p.online, false) = :online",
    "admission": "s.admission = :admission",
    "site_id": "s.site_id = :site_id",
    "vendor": "s.vendor = :vendor",
    "model": "s.model = :model",
}
_ROW = f"""{STATION_COLUMNS}, site.name site_name, p.connected_at, p.last_message_at, p.changed_at presence_changed_at,
  p.address, p.offline_reason, k.connectors"""
_JOINS = f"""{STATION_SOURCE} left join site on site.id = s.site_id left join lateral (
    select json_agg(json_build_array(c.evse, c.connector, c.status, c.error_code, c.vendor_error_code, c.info,
      c.status_at) order by c.evse, c.connector) connectors
    from connector c where c.station_id = s.id) k on true"""


def _where(wanted: StationFilter, scope: Scope) -> tuple[str, dict[str, Any]]:
    given = {name: getattr(wanted, name) for name in _CONDITIONS if getattr(wanted, name) is not None}
    conditions = [scope.sql, *(_CONDITIONS[name] for name in given)]
    conditions.append("s.retired_at is not null" if wanted.admission == "retired" else "s.retired_at is null")
    if "search" in given:
        given["search"] = "%" + _escaped(given["search"]) + "%"
    return " and ".join(conditions), scope.parameters | given


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _to_row(row: Row[Any]) -> StationRow:
    connectors = tuple(ConnectorState(*[*one[:-1], datetime.fromisoformat(one[-1])]) for one in row.connectors or ())
    return StationRow(
        to_station(row),
        row.site_name,
        row.connected_at,
        row.last_message_at,
        row.presence_changed_at,
        row.address,
        row.offline_reason,
        connectors,
    )


async def page(
    tx: Tx, wanted: StationFilter, scope: Scope, *, after: tuple[str, UUID] | None, limit: int
) -> list[StationRow]:
    """At most `limit` stations by identity, from behind `after` (identity, id)."""
    where, parameters = _where(wanted, scope)
    if after is not None:
        where += " and (s.identity, s.id) > (:after_identity, cast(:after_id as uuid))"
        parameters |= {"after_identity": after[0], "after_id": after[1]}
    rows = await tx.rows(
        f"select {_ROW} from {_JOINS} where {where} order by s.identity, s.id limit :limit", limit=limit, **parameters
    )
    return [_to_row(row) for row in rows]


async def count(tx: Tx, wanted: StationFilter, scope: Scope) -> int:
    """How many stations the filter leaves."""
    where, parameters = _where(wanted, scope)
    return int(await tx.value(f"select count(*) from {STATION_SOURCE} where {where}", **parameters))


async def row_of(tx: Tx, station_id: UUID) -> StationRow | None:
    """One station as the list shows it."""
    row = await tx.row(f"select {_ROW} from {_JOINS} where s.id = :id", id=station_id)
    return None if row is None else _to_row(row)


async def counts(tx: Tx, scope: Scope) -> Sequence[Row[Any]]:
    """(kind, name, n, stations): stations by admission and presence, their connectors by status."""
    return await tx.rows(
        f"""with mine as (
              select s.id, s.admission, coalesce(p.online, false) online from {STATION_SOURCE}
              where s.retired_at is null and {scope.sql})
            select 'admission' kind, admission name, count(*) n, 0 stations from mine group by admission
            union all
            select 'presence', case when online then 'online' else 'offline' end, count(*), 0 from mine group by online
            union all
            select 'connector', c.status, count(*) filter (where c.evse > 0), count(distinct c.station_id)
            from connector c join mine on mine.id = c.station_id group by c.status""",
        **scope.parameters,
    )
