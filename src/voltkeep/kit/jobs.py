"""Reactions that must happen: jobs in PostgreSQL (procrastinate), deferred in the transaction of the fact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import procrastinate
from procrastinate import PsycopgConnector, RetryStrategy

from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Tx
from voltkeep.kit.events import Event, as_payload

EVENTS_A_NOTICE = 250  # about 80 KB, well below what the bus takes

TaskBody = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A job that a worker can do. `cron` makes it periodic; after `attempts` runs it is kept as failed."""

    name: str
    run: TaskBody
    cron: str | None = None
    attempts: int = 8
    queue: str = "default"


class Jobs:
    """Defers jobs by name; a worker is another process that registered the kinds."""

    def __init__(self, url: str) -> None:
        self.app = procrastinate.App(connector=PsycopgConnector(conninfo=_plain(url), min_size=1, max_size=4))

    def register(self, kinds: Iterable[TaskKind]) -> None:
        """Teach this process to do the kinds (worker role)."""
        for kind in kinds:
            # The queue counts retries, we count runs; to it, no retries at all would mean retries for ever.
            retry = RetryStrategy(max_attempts=kind.attempts - 1, exponential_wait=2) if kind.attempts > 1 else False
            task = self.app.task(name=kind.name, queue=kind.queue, retry=retry)(_body(kind))
            if kind.cron is not None:
                self.app.periodic(cron=kind.cron)(task)

    async def defer(self, tx: Tx, name: str, *, at: datetime | None = None, **arguments: Any) -> None:
        """Put a job into the open transaction; it exists only if that commits."""
        task = self.app.configure_task(name, connection=await tx.raw(), schedule_at=at)
        await task.defer_async(**arguments)


def _body(kind: TaskKind) -> TaskBody:
    async def body(timestamp: int | None = None, **arguments: Any) -> None:
        await kind.run(**arguments)

    return body


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


class WiredOutbox:
    """The wiring table at work: one job per flush and subscriber with the ids; then a live notice an event."""

    def __init__(self, jobs: Jobs, bus: Bus, wiring: Mapping[type[Event], Sequence[str]]) -> None:
        self._jobs = jobs
        self._bus = bus
        self._wiring = wiring

    async def defer(self, tx: Tx, events: Sequence[Event]) -> None:
        """Defer each subscriber's job with the ids of its events."""
        ids: dict[str, list[str]] = {}
        for event in events:
            for name in self._wiring.get(type(event), ()):
                ids.setdefault(name, []).append(str(event.id))
        for name, subjects in ids.items():
            await self._jobs.defer(tx, name, ids=subjects)

    async def announce(self, events: Sequence[Event]) -> None:
        """Tell the screens on `live.<organisation>`, many at once; a lost notice is repaired by re-reading."""
        notices: dict[UUID, list[dict[str, object]]] = {}
        for event in events:
            notices.setdefault(event.organisation_id, []).append(as_payload(event))
        for organisation_id, payloads in notices.items():
            for first in range(0, len(payloads), EVENTS_A_NOTICE):
                part = payloads[first : first + EVENTS_A_NOTICE]
                await self._bus.tell(f"live.{organisation_id}", {"events": part})
