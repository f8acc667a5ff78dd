"""SQL of status history."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.stations.model import StatusFact

_FACT = ", ".join(field.name for field in fields(StatusFact))


async def page(
    tx: Tx, station_id: UUID, *, evse: int | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[StatusFact]:
    """Newest first, from behind `before`; an evse narrows it to that one."""
    narrowed = "and evse = :evse" if evse is not None else ""
    beyond = "and (at, id) < (cast(:at as timestamptz), cast(:id as uuid))" if before else ""
    rows = await tx.rows(
        f"""select {_FACT} from status_change where station_id = :station_id {narrowed} {beyond}
            order by at desc, id desc limit :limit""",
        station_id=station_id,
        limit=limit,
        **({"evse": evse} if evse is not None else {}),
        **({"at": before[0], "id": before[1]} if before else {}),
    )
    return [StatusFact(**row._mapping) for row in rows]


async def facts_between(tx: Tx, station_id: UUID, start: datetime, end: datetime) -> list[StatusFact]:
    """Every fact of a time, with the last one before it of each connector and of presence."""
    rows = await tx.rows(
        f"""(select distinct on (evse, connector) {_FACT} from status_change
             where station_id = :station_id and at < :start order by evse, connector, at desc, id desc)
            union all
            (select {_FACT} from status_change where station_id = :station_id and at >= :start and at < :end)""",
        station_id=station_id,
        start=start,
        end=end,
    )
    return [StatusFact(**row._mapping) for row in rows]
