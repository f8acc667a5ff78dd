"""What all connections of one process share."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from voltkeep.commands.actions.waiting import stations_with_open
from voltkeep.kit import clock
from voltkeep.kit.batch import Batch
from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.kit.settings import Settings
from voltkeep.profiles.actions.values import stations_pending, stations_unread
from voltkeep.profiles.actions.versions import profile_version
from voltkeep.profiles.model import ProfileVersion
from voltkeep.protocols.ocpp.frames import Limits, Schemas
from voltkeep.protocols.ocpp.socket.directory import Directory
from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.stations.actions.admit import admit_all
from voltkeep.stations.actions.presence import are_current, connect_all, disconnect_all
from voltkeep.stations.actions.record_boots import booted_among
from voltkeep.stations.model import Admittance, Connected, Disconnected, Handshake
from voltkeep.traces.actions.frame_log import FrameLog

_CONFIGURED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Errand:
    """What waits for a station that has just connected, looked up for many at once: most need nothing."""

    is_current: bool
    has_commands: bool
    has_pending: bool


@dataclass(slots=True)
class Gateway:
    """Shared by every connection; `name` tells this process from others in a station's presence."""

    database: Database
    bus: Bus
    settings: Settings
    key: bytes
    name: str
    desk: Desk
    frames: FrameLog
    schemas: Schemas
    directory: Directory = field(default_factory=Directory)
    configuring: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_CONFIGURED_AT_ONCE))
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    is_draining: bool = False
    limits: Limits = field(init=False)
    knocks: Batch[Handshake, Admittance] = field(init=False)
    arrivals: Batch[Connected, int | None] = field(init=False)
    departures: Batch[Disconnected, bool] = field(init=False)
    errands: Batch[tuple[UUID, int], Errand] = field(init=False)
    _profiles: dict[UUID, ProfileVersion] = field(default_factory=dict)
    _reading_profile: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.limits = Limits(most_bytes=self.settings.ocpp_max_frame_bytes)
        self.knocks = Batch(self._admit, name="knock")
        self.arrivals = Batch(self._arrive, name="arrive")
        self.departures = Batch(self._depart, name="depart")
        self.errands = Batch(self._look, name="errand")

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run beside everything else, held so that it isn't collected half way."""
        task = asyncio.create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def profile(self, version_id: UUID) -> ProfileVersion:
        """A profile version; published ones don't change, so they are read once a process."""
        if version_id not in self._profiles:
            async with self._reading_profile:  # the first hundreds to come after a start would all read it
                await self._read_profile(version_id)
        return self._profiles[version_id]

    async def _read_profile(self, version_id: UUID) -> None:
        if version_id not in self._profiles:
            async with self.database.transaction() as tx:
                self._profiles[version_id] = await profile_version(tx, version_id)

    async def close(self) -> None:
        """Finish what waits in every batch."""
        batches: tuple[Batch[Any, Any], ...] = (self.knocks, self.arrivals, self.departures, self.errands)
        for batch in batches:
            await batch.close()
        await self.desk.close()

    async def _admit(self, handshakes: Sequence[Handshake]) -> Sequence[Admittance]:
        async with self.database.transaction() as tx:
            return await admit_all(tx, handshakes, key=self.key, now=clock.now())

    async def _arrive(self, connected: Sequence[Connected]) -> Sequence[int | None]:
        async with self.database.transaction() as tx:
            return await connect_all(tx, connected, clock.now())

    async def _depart(self, gone: Sequence[Disconnected]) -> Sequence[bool]:
        async with self.database.transaction() as tx:
            return await disconnect_all(tx, gone, clock.now())

    async def _look(self, held: Sequence[tuple[UUID, int]]) -> Sequence[Errand]:
        station_ids = [station_id for station_id, _ in held]
        async with self.database.transaction() as tx:
            current = await are_current(tx, held)
            commanded = await stations_with_open(tx, station_ids)
            pending = await stations_pending(tx, station_ids)
            # The line, or the process that held it, may have gone between the first boot and the reading.
            pending |= await stations_unread(tx, await booted_among(tx, station_ids))
        return [
            Errand(is_current, station_id in commanded, station_id in pending)
            for is_current, station_id in zip(current, station_ids, strict=True)
        ]
