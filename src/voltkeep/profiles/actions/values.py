"""Desired beside reported: what a station should have set, and what it says it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.profiles import store
from voltkeep.profiles.builtin import SECRET_IDS
from voltkeep.profiles.model import (
    DesiredOutcome,
    Parameter,
    ParameterValue,
    Pending,
    ProfileVersion,
    Reported,
    vendor_parameter,
)

LONGEST_VALUE = 4000


async def record_reported(tx: Tx, reports: Sequence[Reported], now: datetime) -> None:
    """Keep what stations report; of two values for one parameter the last counts. Secrets lose their value."""
    if not reports:
        return
    last = {(one.station_id, one.module, one.evse, one.parameter): _clean(one) for one in reports}
    await store.save_reported(tx, list(last.values()), now)


async def set_desired(tx: Tx, station_id: UUID, values: Mapping[str, str], by: str, now: datetime) -> None:
    """Want these values, by parameter id; `by` is who wanted them. Secrets don't belong here: they aren't kept."""
    if values:
        await store.save_desired(tx, station_id, values, by, now)


async def pending_desired(tx: Tx, station_id: UUID) -> list[Pending]:
    """Wanted values that the station hasn't taken yet."""
    rows = await store.values_of(tx, station_id, pending_only=True)
    return [Pending(row.parameter, row.module, row.evse, row.desired, row.key) for row in rows]


async def stations_pending(tx: Tx, station_ids: Sequence[UUID]) -> set[UUID]:
    """Those of the stations for which `pending_desired` has something."""
    return await store.stations_pending(tx, station_ids)


async def stations_unread(tx: Tx, station_ids: Collection[UUID]) -> set[UUID]:
    """Those of the stations whose configuration was never read."""
    return await store.stations_unread(tx, list(station_ids)) if station_ids else set()


async def settle_desired(
    tx: Tx, station_id: UUID, parameter: str, outcome: DesiredOutcome, *, error: str | None = None
) -> bool:
    """What the station answered to a wanted value; False when none was wanted."""
    return await store.save_settled(tx, station_id, parameter, outcome, error)


async def parameters_of(tx: Tx, station_id: UUID, version: ProfileVersion) -> list[ParameterValue]:
    """All the station's known values, by parameter id; those of secrets are always None."""
    return [_to_value(row, version) for row in await store.values_of(tx, station_id)]


def _clean(reported: Reported) -> Reported:
    if reported.value is None or reported.parameter in SECRET_IDS:
        return replace(reported, value=None)
    return replace(reported, value=reported.value.replace("\0", "")[:LONGEST_VALUE])


def _to_value(row: Row[Any], version: ProfileVersion) -> ParameterValue:
    parameter = version.document.by_id.get(row.parameter) or _unlisted(row)
    values = dict(row._mapping)
    del values["key"]
    if parameter.is_secret:
        values |= {"desired": None, "reported": None}
    return ParameterValue(**values | {"parameter": parameter})


def _unlisted(row: Row[Any]) -> Parameter:
    """A parameter that only the station knows, under the name that the station gave it."""
    return replace(vendor_parameter(row.key or row.parameter), id=row.parameter, settable=not row.read_only)
