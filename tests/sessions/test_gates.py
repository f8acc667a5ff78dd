"""A start command asks every gate, and the first refusal stands."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.sessions.makers import NOW, Place

from voltkeep.accounts.model import SYSTEM
from voltkeep.kit.db import Database, Tx
from voltkeep.kit.errors import Refusal
from voltkeep.sessions.actions.prepare_commands import StationNotAdmitted, prepare_start
from voltkeep.sessions.ports import StartWanted
from voltkeep.stations.actions.visible_to import visible_to


class InDebt(Refusal):
    """The driver owes money."""

    code = "in-debt"


class Gate:
    """Refuses one token and remembers what it was asked."""

    def __init__(self, refused: str) -> None:
        self.refused = refused
        self.asked: list[StartWanted] = []

    async def check(self, tx: Tx, wanted: StartWanted, now: datetime) -> None:
        """Raises InDebt."""
        self.asked.append(wanted)
        if wanted.token_uid == self.refused:
            raise InDebt()


async def test_every_gate_is_asked_until_one_refuses(database: Database, place: Place) -> None:
    open_gate, shut_gate, never = Gate(""), Gate("CARD1"), Gate("")
    async with database.transaction() as tx:
        station = await visible_to(tx, SYSTEM, "CP1")
        prepared = await prepare_start(tx, station, 3, "CARD1", [open_gate], NOW)
        with pytest.raises(InDebt):
            await prepare_start(tx, station, 3, "CARD1", [open_gate, shut_gate, never], NOW)
    assert (prepared.evse, prepared.wire) == (3, {"evse": 3, "token": "CARD1"})
    assert [len(gate.asked) for gate in (open_gate, shut_gate, never)] == [2, 1, 0]
    assert (shut_gate.asked[0].evse, shut_gate.asked[0].station_id) == (3, place.station_id)


@pytest.mark.usefixtures("place")
async def test_nothing_starts_on_a_station_that_is_not_approved(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run("update station set admission = 'suspended'")
        station = await visible_to(tx, SYSTEM, "CP1")
        with pytest.raises(StationNotAdmitted):
            await prepare_start(tx, station, 1, "CARD1", [], NOW)
