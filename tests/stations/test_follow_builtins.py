"""A new version of a built-in profile reaches the stations there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

from voltkeep.kit.db import Database
from voltkeep.profiles.actions.versions import ensure_builtin, profile_for_protocol
from voltkeep.stations.actions.follow_builtins import follow_builtins
from voltkeep.stations.store.station_row import station_of_id

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


async def test_stations_follow_a_built_in_profile_and_nothing_else_moves(
    database: Database, make_station: Callable[..., Awaitable[UUID]]
) -> None:
    station_id = await make_station()
    async with database.transaction() as tx:
        first = await profile_for_protocol(tx, "ocpp1.6")
        assert await follow_builtins(tx) == 0
        await tx.run("update profile_version set document = jsonb_set(document, '{desired}', '{}')")
        await ensure_builtin(tx, NOON)
        second = await profile_for_protocol(tx, "ocpp1.6")
        assert await follow_builtins(tx) == 1
        assert await follow_builtins(tx) == 0
        station = await station_of_id(tx, station_id)
    assert station is not None
    assert station.profile_version_id == second.id != first.id
