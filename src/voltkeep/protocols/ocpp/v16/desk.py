"""The batches that turn messages into durable facts: one transaction for many stations, an own outcome for each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from voltkeep.commands.actions.deliver import settle_commands
from voltkeep.commands.model import Settled
from voltkeep.kit import clock
from voltkeep.kit.batch import Batch
from voltkeep.kit.db import Database, Tx
from voltkeep.profiles.actions.slots import SlotCache
from voltkeep.sessions.actions.note_signs import ConnectorSign, note_connector_status, reconcile_after_boots
from voltkeep.sessions.actions.record_meter_values import record_meter_values
from voltkeep.sessions.actions.start_sessions import start_sessions
from voltkeep.sessions.actions.stop_sessions import stop_sessions
from voltkeep.sessions.model.asked import MeterAsked, StartAsked, StopAsked
from voltkeep.sessions.model.outcomes import MeterOutcome, StartOutcome, StopOutcome
from voltkeep.stations.actions.record_boots import record_boots
from voltkeep.stations.actions.record_statuses import record_statuses
from voltkeep.stations.model import BootOutcome, StationBoot, StatusOutcome, StatusReport
from voltkeep.telemetry.actions.set_aside import set_aside
from voltkeep.telemetry.model import Stray
from voltkeep.tokens.actions.authorize import authorize
from voltkeep.tokens.model import AuthorizeAsk, IdTagInfo

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Act = Callable[[Tx, Sequence[Item], datetime], Awaitable[Sequence[Outcome]]]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one message: those understood, and those set aside."""

    asked: MeterAsked
    strays: tuple[Stray, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopping:
    """A stop and its transactionData for the charts; the EVSE of those is known once the session is found."""

    asked: StopAsked
    layout_no: int
    strays: tuple[Stray, ...] = ()


class Desk:
    """Every batch of one process. A caller's `add` returns after the commit, or raises Unavailable."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.slots = SlotCache()
        self.batches: list[Batch[Any, Any]] = []
        self.authorizes: Batch[AuthorizeAsk, IdTagInfo] = self._batch("authorize", _authorize)
        self.starts: Batch[StartAsked, StartOutcome] = self._batch("start", _start)
        self.stops: Batch[Stopping, StopOutcome] = self._batch("stop", self._stop)
        self.readings: Batch[Readings, MeterOutcome] = self._batch("meter-values", self._read)
        self.statuses: Batch[StatusReport, StatusOutcome] = self._batch("status", _status)
        self.boots: Batch[StationBoot, BootOutcome] = self._batch("boot", _boot)
        self.settled: Batch[Settled, bool] = self._batch("settle", settle_commands, wait_s=0)  # a person waits

    async def close(self) -> None:
        """Finish what waits."""
        for batch in self.batches:
            await batch.close()

    def _batch(self, name: str, act: Act[Item, Outcome], *, wait_s: float = 0.005) -> Batch[Item, Outcome]:
        async def run(items: Sequence[Item]) -> Sequence[Outcome]:
            async with self.database.transaction() as tx:
                return await act(tx, items, clock.now())

        batch: Batch[Item, Outcome] = Batch(run, name=name, wait_s=wait_s)
        self.batches.append(batch)
        return batch

    async def _read(self, tx: Tx, items: Sequence[Readings], now: datetime) -> Sequence[MeterOutcome]:
        outcomes = await record_meter_values([item.asked for item in items], tx=tx, slots=self.slots, now=now)
        await _set_aside(tx, [item.strays for item in items], now)
        return outcomes

    async def _stop(self, tx: Tx, items: Sequence[Stopping], now: datetime) -> Sequence[StopOutcome]:
        outcomes = await stop_sessions([item.asked for item in items], tx=tx, now=now)
        fresh = [
            _as_readings(item, outcome)
            for item, outcome in zip(items, outcomes, strict=True)
            if outcome.is_new and item.asked.samples
        ]
        if fresh:
            await record_meter_values(fresh, tx=tx, slots=self.slots, now=now)
        await _set_aside(tx, [item.strays for item in items], now)
        return outcomes


async def _set_aside(tx: Tx, strays: Sequence[Sequence[Stray]], now: datetime) -> None:
    found = [stray for some in strays for stray in some]
    if found:
        await set_aside(tx, found, now)


def _as_readings(stopping: Stopping, outcome: StopOutcome) -> MeterAsked:
    asked = stopping.asked
    evse = outcome.evse or 0
    return MeterAsked(
        station_id=asked.station_id,
        station_no=asked.station_no,
        organisation_id=asked.organisation_id,
        layout_no=stopping.layout_no,
        evse=evse,
        connector=1 if evse else 0,
        transaction_id=asked.transaction_id,
        samples=asked.samples,
        received_at=asked.received_at,
    )


async def _authorize(tx: Tx, items: Sequence[AuthorizeAsk], now: datetime) -> Sequence[IdTagInfo]:
    return await authorize(tx, items, now)


async def _start(tx: Tx, items: Sequence[StartAsked], now: datetime) -> Sequence[StartOutcome]:
    return await start_sessions(items, tx=tx, now=now)


async def _status(tx: Tx, items: Sequence[StatusReport], now: datetime) -> Sequence[StatusOutcome]:
    outcomes = await record_statuses(tx, items, now)
    signs = [ConnectorSign(item.station_id, item.evse, item.status, item.at or item.received_at) for item in items]
    await note_connector_status(tx, signs, now)
    return outcomes


async def _boot(tx: Tx, items: Sequence[StationBoot], now: datetime) -> Sequence[BootOutcome]:
    outcomes = await record_boots(tx, items, now)
    await reconcile_after_boots(tx, [item.station_id for item in items], now)
    return outcomes
