"""What stations say of themselves at boot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.kit.db import Tx, publish
from voltkeep.stations.events import StationBooted
from voltkeep.stations.model import Boot, BootOutcome, StationBoot, printable
from voltkeep.stations.store import reports as store


async def record_boots(tx: Tx, boots: Sequence[StationBoot], now: datetime) -> list[BootOutcome]:
    """Keep what each station said at boot; one outcome each, in order, `is_first` for a station never seen booting.

    Stations that are no longer on the list are passed over as not first.
    """
    if not boots:
        return []
    rows = await store.save_boots(tx, [replace(one, boot=_clean(one.boot)) for one in boots])
    first = {row.station_id: not row.booted_before for row in rows}
    await publish(
        tx,
        [
            StationBooted(
                id=row.station_id,
                organisation_id=row.organisation_id,
                station_id=row.station_id,
                at=now,
                is_first=first[row.station_id],
            )
            for row in rows
        ],
    )
    return [BootOutcome(one.station_id, first.get(one.station_id, False)) for one in boots]


async def booted_among(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations that have booted at least once."""
    return await store.booted(tx, station_ids)


async def record_candidate_boot(tx: Tx, identity: str, boot: Boot, now: datetime) -> bool:
    """Keep what a station at the door says, to show beside the button that approves it."""
    return await store.save_candidate_boot(tx, identity, _clean(boot), now)


def _clean(boot: Boot) -> Boot:
    return Boot(
        printable(boot.vendor, 100),
        printable(boot.model, 100),
        printable(boot.serial_number, 100),
        printable(boot.firmware_version, 100),
        {key: _clean_value(value) for key, value in boot.details.items()},
    )


def _clean_value(value: Any) -> Any:
    return printable(value, 500) if isinstance(value, str) else value
