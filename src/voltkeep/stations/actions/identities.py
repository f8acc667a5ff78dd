"""Names for lists of other capabilities."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.stations.store.station_row import identities


async def identities_of(tx: Tx, station_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The identity of each station, by id; the caller has checked who may see them."""
    return await identities(tx, station_ids) if station_ids else {}
