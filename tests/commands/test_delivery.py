"""From the queue to the station and back, over real tables."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voltkeep.accounts.model import SYSTEM
from voltkeep.commands.actions.deliver import reconcile_after_restart, settle_commands, take_commands
from voltkeep.commands.actions.expire import expire_commands
from voltkeep.commands.actions.issue import QueueFull, issue_command
from voltkeep.commands.actions.kind import CommandKinds
from voltkeep.commands.actions.observe import observe, observe_all, observe_commands
from voltkeep.commands.events import CommandChanged
from voltkeep.commands.model import Command, Settled, Sighting
from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.stations.actions.presence import connect
from voltkeep.stations.model import Connected, Station

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


class Desk:
    """Issues, takes and settles in transactions of their own."""

    def __init__(self, database: Database, kinds: CommandKinds, station: Station) -> None:
        self.database, self.kinds, self.station = database, kinds, station

    async def issue(self, action: str = "reset", **arguments: Any) -> Command:
        async with self.database.transaction() as tx:
            return await issue_command(tx, self.kinds, SYSTEM, self.station, action, arguments, now=NOON)

    async def take(self, epoch: int = 1, *, limit: int = 10, now: datetime = NOON) -> list[Command]:
        async with self.database.transaction() as tx:
            return await take_commands(tx, self.station.id, epoch, now, limit)

    async def settle(self, *settled: Settled) -> list[bool]:
        async with self.database.transaction() as tx:
            return await settle_commands(tx, settled, later(5))

    async def row(self, command: Command) -> Any:
        async with self.database.transaction() as tx:
            return await tx.one("select * from command where id = :id", id=command.id)


@pytest.fixture
def desk(database: Database, kinds: CommandKinds, station: Station) -> Desk:
    return Desk(database, kinds, station)


async def test_commands_are_taken_in_order_once_and_only_by_the_newest_connection(desk: Desk) -> None:
    first, second, third = [await desk.issue() for _ in range(3)]
    assert await desk.take(epoch=7) == []
    assert [one.id for one in await desk.take(limit=2)] == [first.id, second.id]
    both = await asyncio.gather(desk.take(), desk.take())
    assert [one.id for taken in both for one in taken] == [third.id]
    row = await desk.row(third)
    assert (row.state, row.epoch, row.sent_at) == ("sent", 1, NOON)


async def test_the_first_answer_is_the_outcome(desk: Desk) -> None:
    command = await desk.issue()
    assert await desk.settle(Settled(command.id, "accepted")) == [False]
    await desk.take()
    answers = [Settled(command.id, "rejected", {"status": "Rejected"}, "no\0 way"), Settled(command.id, "accepted")]
    assert await desk.settle(*answers, Settled(new_id(), "accepted")) == [True, False, False]
    assert await desk.settle(Settled(command.id, "accepted")) == [False]
    row = await desk.row(command)
    assert (row.state, row.answer, row.error, row.settled_at) == (
        "rejected",
        {"status": "Rejected"},
        "no way",
        later(5),
    )


async def test_no_more_than_the_bound_may_wait_even_when_asked_at_once(desk: Desk) -> None:
    results = await asyncio.gather(*(desk.issue() for _ in range(8)), return_exceptions=True)
    refused = [one for one in results if isinstance(one, QueueFull)]
    assert len(refused) == 5
    assert refused[0].status == 429
    await desk.take(limit=1)
    with pytest.raises(QueueFull):
        await desk.issue()
    taken = [one for one in results if isinstance(one, Command)]
    assert sum(await desk.settle(*(Settled(one.id, "failed") for one in taken))) == 1
    assert (await desk.issue()).state == "queued"


async def test_queued_commands_expire_and_forgotten_ones_become_unknown(desk: Desk) -> None:
    waits, sent = await desk.issue(), await desk.issue()
    async with desk.database.transaction() as tx:
        await tx.run(
            "update command set state = 'sent', sent_at = :now, epoch = 1 where id = :id", now=NOON, id=sent.id
        )
        assert await expire_commands(tx, later(10)) == 0
        assert await expire_commands(tx, later(301)) == 1
        assert {event.state for event in tx.events if isinstance(event, CommandChanged)} == {"expired"}
    assert await desk.take(now=later(301)) == []
    async with desk.database.transaction() as tx:
        assert await expire_commands(tx, later(1000)) == 1
    assert [(await desk.row(one)).state for one in (waits, sent)] == ["expired", "unknown"]


async def test_after_a_lost_connection_reads_wait_again_and_others_are_unknown(desk: Desk) -> None:
    acts, reads = await desk.issue(), await desk.issue("read-parameters")
    await desk.take()
    async with desk.database.transaction() as tx:
        assert await reconcile_after_restart(tx, desk.station.id, NOON) == []
        epoch = await connect(tx, Connected(desk.station.id, None, "gateway-2", "ocpp1.6"), later(60))
        moved = await reconcile_after_restart(tx, desk.station.id, later(60))
    assert {one.id: one.state for one in moved} == {acts.id: "unknown", reads.id: "queued"}
    assert await desk.settle(Settled(acts.id, "accepted")) == [False]
    assert [one.id for one in await desk.take(epoch, now=later(61))] == [reads.id]


async def test_what_the_station_then_does_is_the_proof(desk: Desk) -> None:
    command = await desk.issue("ocpp.RemoteStartTransaction", idTag="AbC", connectorId=2)
    assert command.evse == 2
    await desk.take()
    await desk.settle(Settled(command.id, "timed-out"))
    async with desk.database.transaction() as tx:
        station, action = desk.station.id, command.action
        assert await observe(tx, station, action, match={"idTag": "other"}, now=later(9)) is None
        assert await observe(tx, station, action, match={"idTag": "abc"}, evse=1, now=later(9)) is None
        assert await observe(tx, new_id(), action, match={"idTag": "abc"}, now=later(9)) is None
        assert await observe_all(
            tx, [Sighting(station, action, 2, {"idTag": "ABC"}), Sighting(station, "stop")], later(9)
        ) == [command.id, None]
        assert await observe(tx, station, action, match={"idTag": "abc"}, now=later(9)) is None
    row = await desk.row(command)
    assert (row.state, row.observed_at, row.settled_at) == ("observed", later(9), later(5))


async def test_what_was_refused_is_never_observed(desk: Desk) -> None:
    command = await desk.issue()
    await desk.take()
    await desk.settle(Settled(command.id, "rejected"))
    async with desk.database.transaction() as tx:
        assert await observe_commands(tx, [command.id], later(9)) == []
