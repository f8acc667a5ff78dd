"""What stands at a station's EVSEs now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from voltkeep.kit.db import Tx


async def evses_of(tx: Tx, station_id: UUID) -> dict[int, list[str]]:
    """The statuses of each EVSE that the station told of, by its number; empty before it told any."""
    rows = await tx.rows(
        "select evse, array_agg(status) as statuses from connector where station_id = :id and evse > 0 group by evse",
        id=station_id,
    )
    return {row.evse: row.statuses for row in rows}


async def live_on(tx: Tx, station_id: UUID, evse: int) -> UUID | None:
    """The live session of an EVSE."""
    found: UUID | None = await tx.value(
        "select id from charging_session where station_id = :station and evse = :evse and state = 'active'",
        station=station_id,
        evse=evse,
    )
    return found


async def live_at(tx: Tx, station_id: UUID, session_id: UUID | None, transaction_id: str | None) -> Any:
    """A live session of the station by id or by transaction: `id`, `evse` and `transaction_id`, or None."""
    return await tx.row(
        """
        select id, evse, transaction_id from charging_session
         where station_id = :station and state = 'active'
           and (id = cast(:session as uuid) or transaction_id = cast(:transaction as text))
        """,
        station=station_id,
        session=session_id,
        transaction=transaction_id,
    )
