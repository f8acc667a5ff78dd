"""What a station's connectors were, and how much of the time they could be used."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.stations.model import Station, StatusFact
from voltkeep.stations.model.uptime import Uptime, uptimes
from voltkeep.stations.store import history as store

LONGEST = timedelta(days=100)


async def status_history(
    tx: Tx, station: Station, *, evse: int | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[StatusFact]:
    """Newest first, from behind `before` (at, id); presence and all connectors unless an evse is named."""
    return await store.page(tx, station.id, evse=evse, before=before, limit=limit)


async def uptime_between(tx: Tx, station: Station, start: datetime, end: datetime) -> list[Uptime]:
    """Each connector's figure for at most 100 days. Raises Invalid."""
    if not start < end <= start + LONGEST:
        raise Invalid("Give a time of at most 100 days that ends after it begins", field="to")
    return uptimes(await store.facts_between(tx, station.id, start, end), start, end)
