"""A root organisation with one approved station, and the registry of kinds."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from voltkeep.accounts.model import SYSTEM
from voltkeep.commands.actions.kind import CommandKinds
from voltkeep.commands.kinds import KINDS
from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.profiles.actions.versions import ensure_builtin
from voltkeep.stations.actions.create_station import create_station
from voltkeep.stations.actions.presence import connect
from voltkeep.stations.model import Connected, NewStation, Station
from voltkeep.stations.store.station_row import station_of_id

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def kinds() -> CommandKinds:
    """The commands' own kinds, three commands a station."""
    return CommandKinds(KINDS, queue_limit=3)


@pytest.fixture
async def organisation(database: Database) -> UUID:
    """The root organisation, with the built-in profiles in place."""
    organisation_id = new_id()
    async with database.transaction() as tx:
        await ensure_builtin(tx, NOON)
        await tx.run(
            "insert into organisation (id, name, created_at) values (:id, 'Root', :now)", id=organisation_id, now=NOON
        )
    return organisation_id


@pytest.fixture
async def station(database: Database, organisation: UUID) -> Station:
    """CP1, connected under epoch 1."""
    async with database.transaction() as tx:
        made, _ = await create_station(tx, SYSTEM, NewStation("CP1", organisation), key=b"k" * 32, now=NOON)
        await connect(tx, Connected(made.id, "10.0.0.7", "gateway-1", "ocpp1.6"), NOON)
        found = await station_of_id(tx, made.id)
    assert found is not None
    return found
