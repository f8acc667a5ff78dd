"""One wheel for all connections: pings the quiet, gives up the silent, tells the database who was heard."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from voltkeep.commands.actions.waiting import stations_waiting
from voltkeep.kit import clock
from voltkeep.protocols.ocpp.socket.connection import Connection
from voltkeep.protocols.ocpp.socket.gateway import Gateway
from voltkeep.protocols.ocpp.socket.metrics import BATCH_WAITING
from voltkeep.stations.actions.presence import heard

log = structlog.get_logger(__name__)

_TURN_S = 1.0
_MOST_PINGS_A_TURN = 1000
_BEATS_AT_ONCE = 1000
_LOOK_S = 2.0
_HEARTBEATS_MISSED = 2.5


class Wheel:
    """Turns once a second. 10,000 connections cost about 5 ms a turn, where a task each would cost memory."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        settings = gateway.settings
        self._offline_after_s = settings.offline_after_s
        # A pong must have time to come back before the station counts as offline.
        self._ping_s = min(settings.ocpp_ping_s, settings.offline_after_s / 3)
        # Turns come once a second: the one before the time is up is the last that is not too late.
        self._early_s = min(_TURN_S, settings.offline_after_s / 10)
        self._flush_s = min(15.0, settings.offline_after_s / 4)
        self._flushed_s = self._looked_s = asyncio.get_running_loop().time()

    async def run(self) -> None:
        """For ever; a fault of one turn is logged and the next one comes."""
        while True:
            await asyncio.sleep(_TURN_S)
            try:
                self._turn(asyncio.get_running_loop().time())
                await self._flush(asyncio.get_running_loop().time())
                await self._look_for_commands(asyncio.get_running_loop().time())
            except Exception as error:  # the database may be away; the wheel turns on
                log.warning("liveness turn failed", error=f"{type(error).__name__}: {error}"[:200])

    def _turn(self, now_s: float) -> None:
        pings = 0
        for connection in self._gateway.directory:
            silence_s = now_s - connection.socket.heard_s
            if silence_s + self._early_s >= self._allowed_s(connection):
                connection.give_up("silent")
            elif pings < _MOST_PINGS_A_TURN and self._needs_ping(connection, silence_s, now_s):
                pings += 1
                connection.pinged_s = now_s
                self._gateway.spawn(connection.ping(), "ping")
        for batch in self._gateway.desk.batches:
            BATCH_WAITING.labels(batch.name).set(batch.waiting)

    def _needs_ping(self, connection: Connection, silence_s: float, now_s: float) -> bool:
        is_due = silence_s >= self._ping_s and now_s - connection.pinged_s >= self._ping_s
        return is_due and not connection.speaker.quirks.no_ping

    def _allowed_s(self, connection: Connection) -> float:
        if connection.speaker.quirks.no_ping:
            return max(self._offline_after_s, connection.speaker.heartbeat_s * _HEARTBEATS_MISSED)
        return self._offline_after_s

    async def _flush(self, now_s: float) -> None:
        if now_s - self._flushed_s < self._flush_s:
            return
        since_s, self._flushed_s = self._flushed_s, now_s
        now = clock.now()
        beats = [
            (c.speaker.station_id, c.epoch, now - timedelta(seconds=max(0.0, now_s - c.socket.heard_s)))
            for c in self._gateway.directory
            if c.socket.heard_s >= since_s
        ]
        for start in range(0, len(beats), _BEATS_AT_ONCE):
            await self._note(beats[start : start + _BEATS_AT_ONCE], now)

    async def _look_for_commands(self, now_s: float) -> None:
        """The net under wake-ups: one may be lost with the bus, or sent to an epoch that ended just then."""
        if now_s - self._looked_s < _LOOK_S:
            return
        self._looked_s = now_s
        async with self._gateway.database.transaction() as tx:
            waiting = await stations_waiting(tx, clock.now())
        for station_id in waiting:
            connection = self._gateway.directory.of(station_id)
            if connection is not None:
                connection.wake()

    async def _note(self, beats: Sequence[tuple[UUID, int, datetime]], now: datetime) -> None:
        async with self._gateway.database.transaction() as tx:
            await heard(tx, beats, now)
