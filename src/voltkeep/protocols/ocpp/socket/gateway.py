"""What all connections of one process share."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.kit import clock
from voltkeep.kit.batch import Batch
from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.kit.settings import Settings
from voltkeep.profiles.actions.versions import profile_version
from voltkeep.profiles.model import ProfileVersion
from voltkeep.protocols.ocpp.frames import Limits, Schemas
from voltkeep.protocols.ocpp.socket.directory import Directory
from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.stations.actions.presence import disconnect
from voltkeep.traces.actions.frame_log import FrameLog

_CONFIGURED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Gone:
    """A connection that ended."""

    station_id: UUID
    epoch: int
    reason: str


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
    gone: Batch[Gone, bool] = field(init=False)
    _profiles: dict[UUID, ProfileVersion] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.limits = Limits(most_bytes=self.settings.ocpp_max_frame_bytes)
        self.gone = Batch(self._note_gone, name="gone")

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run beside everything else, held so that it isn't collected half way."""
        task = asyncio.create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def profile(self, version_id: UUID) -> ProfileVersion:
        """A profile version; published ones don't change, so they are read once a process."""
        if version_id not in self._profiles:
            async with self.database.transaction() as tx:
                self._profiles[version_id] = await profile_version(tx, version_id)
        return self._profiles[version_id]

    async def _note_gone(self, gone: Sequence[Gone]) -> Sequence[bool]:
        now: datetime = clock.now()
        async with self.database.transaction() as tx:
            return [await disconnect(tx, one.station_id, one.epoch, one.reason, now) for one in gone]
