"""Gathers frames in this process and writes them at most a second later; what doesn't fit is dropped and counted."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections import deque
from datetime import date

import structlog
from prometheus_client import Counter

from voltkeep.kit import clock
from voltkeep.kit.db import Database, Tx
from voltkeep.traces.actions.keep_partitions import ensure_partitions, total_bytes
from voltkeep.traces.model import Direction, Kind, Noted
from voltkeep.traces.store import copy_frames

DROPPED = Counter("voltkeep_traced_frames_dropped_total", "Protocol frames that didn't get into the log")
WRITTEN = Counter("voltkeep_traced_frames_total", "Protocol frames written to the log")

_MEASURE_EACH_S = 60
_LONGEST_ACTION = 64

log = structlog.get_logger(__name__)


class FrameLog:
    """A bounded buffer and the task that empties it. `note` never waits and never fails."""

    def __init__(
        self,
        database: Database,
        *,
        limit_mb: int,
        most: int = 20_000,
        flush_s: float = 1.0,
        at_once: int = 5_000,
    ) -> None:
        self._database = database
        self._limit_bytes = limit_mb << 20
        self._is_full = False
        self._measured_s = float("-inf")
        self._most = most
        self._flush_s = flush_s
        self._at_once = at_once
        self._waiting: deque[Noted] = deque()
        # Starts at the clock so that frames keep their order across a restart within the same instant.
        self._numbers = itertools.count(time.time_ns() // 1000)
        self._ready_until: date | None = None
        self._task: asyncio.Task[None] | None = None
        self._closed = asyncio.Event()

    def start(self) -> None:
        """Begin to flush in the background."""
        self._task = asyncio.create_task(self._loop(), name="frame-log")

    async def close(self) -> None:
        """Stop, after one last attempt to write what waits."""
        self._closed.set()
        if self._task is not None:
            await self._task  # not cancelled: it may be in the middle of a COPY, and what it took would be lost
        await self.flush()

    def note(
        self,
        station_no: int,
        direction: Direction,
        kind: Kind,
        raw: bytes,
        *,
        message_id: str | None = None,
        action: str | None = None,
        fault: str | None = None,
    ) -> None:
        """Keep one frame of a station. Costs a few microseconds: masking and decoding wait for the flush."""
        if self._is_full or len(self._waiting) >= self._most:
            DROPPED.inc()
            return
        if action is not None:
            action = action[:_LONGEST_ACTION]  # the strings of strangers are kept until the flush
        noted = (station_no, clock.now(), next(self._numbers), direction, kind)
        self._waiting.append((*noted, message_id, action, raw[:65_536], len(raw), fault))

    @property
    def waiting(self) -> int:
        """How many frames wait, for the metrics."""
        return len(self._waiting)

    async def flush(self) -> None:
        """Write what waits; a batch that can't be written is dropped and counted."""
        while self._waiting:
            taken = [self._waiting.popleft() for _ in range(min(self._at_once, len(self._waiting)))]
            try:
                async with asyncio.timeout(15):
                    await self._write(taken)
            except Exception as error:  # the log is best effort: no fault of it may reach a station
                DROPPED.inc(len(taken))
                log.warning("frames dropped", count=len(taken), error=f"{type(error).__name__}: {error}"[:300])

    async def _write(self, taken: list[Noted]) -> None:
        newest = taken[-1][1]
        async with self._database.transaction() as tx:
            if self._ready_until is None or newest.date() >= self._ready_until:
                self._ready_until = await ensure_partitions(tx, now=newest)
            await self._measure(tx)
            await copy_frames(tx, taken)
        WRITTEN.inc(len(taken))

    async def _measure(self, tx: Tx) -> None:
        """Once a minute: pause while the log is past its limit, until the worker has dropped a day of it."""
        if clock.monotonic_s() - self._measured_s > _MEASURE_EACH_S:
            self._measured_s = clock.monotonic_s()
            self._is_full = await total_bytes(tx) > self._limit_bytes

    async def _check_room(self) -> None:
        if self._is_full and not self._waiting:
            async with self._database.transaction() as tx:
                await self._measure(tx)

    async def _loop(self) -> None:
        while not self._closed.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._flush_s):
                    await self._closed.wait()
            await self.flush()
            with contextlib.suppress(Exception):  # looked at again a second later
                await self._check_room()
