"""Readings that weren't believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id
from voltkeep.telemetry.model import StateChange, Stray


async def quarantine(tx: Tx, strays: Sequence[Stray], now: datetime) -> None:
    """Set readings aside with the reason, to be looked at; nothing reads them back."""
    rows = [
        (new_id(), stray.reading.station_no, now, stray.reading.ts, stray.reason, _payload_of(stray))
        for stray in strays
    ]
    ids, numbers, received, instants, reasons, payloads = map(list, zip(*rows, strict=True))
    await tx.run(
        "insert into telemetry_quarantine (id, station_no, received_at, ts, reason, payload)"
        " select * from unnest((:ids)::uuid[], (:numbers)::int[], (:received)::timestamptz[],"
        " (:instants)::timestamptz[], (:reasons)::text[], (:payloads)::jsonb[])",
        ids=ids,
        numbers=numbers,
        received=received,
        instants=instants,
        reasons=reasons,
        payloads=payloads,
    )


def _payload_of(stray: Stray) -> str:
    reading = stray.reading
    if isinstance(reading, StateChange):
        body: dict[str, object] = {"parameter": reading.parameter, "module": reading.module, "value": reading.value}
    else:
        body = {
            "layout": reading.layout_no,
            "values": {str(slot): repr(value) for slot, value in reading.values.items()},
        }
    return orjson.dumps({"evse": reading.evse, **body}).decode()


async def forget_quarantined(tx: Tx, before: datetime, most: int) -> int:
    """Delete what was received before the instant, and the oldest beyond `most` rows; how many went."""
    return await tx.run(
        "delete from telemetry_quarantine where received_at < greatest(:before, coalesce("
        "(select received_at from telemetry_quarantine order by received_at desc offset :most limit 1), :before))",
        before=before,
        most=most,
    )
