"""A station as its row reads, with the presence of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.stations.model import Station

_OF_STATION = [field.name for field in fields(Station) if field.name not in ("online", "epoch")]
STATION_COLUMNS = (
    ", ".join(f"s.{name}" for name in _OF_STATION) + ", coalesce(p.online, false) online, coalesce(p.epoch, 0) epoch"
)
STATION_SOURCE = "station s left join station_presence p on p.station_id = s.id"


def to_station(row: Row[Any]) -> Station:
    """A row selected with STATION_COLUMNS."""
    values = row._mapping
    return Station(**{field.name: values[field.name] for field in fields(Station)})


async def station_of_id(tx: Tx, station_id: UUID) -> Station | None:
    """The station, retired or not."""
    row = await tx.row(f"select {STATION_COLUMNS} from {STATION_SOURCE} where s.id = :id", id=station_id)
    return None if row is None else to_station(row)


async def identities(tx: Tx, station_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Identity by id."""
    rows = await tx.rows("select id, identity from station where id = any(:ids)", ids=list(station_ids))
    return {row.id: row.identity for row in rows}
