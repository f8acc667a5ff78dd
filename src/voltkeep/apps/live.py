"""The live stream: notices from the bus to every browser that may see them, with bounds and no memory.

A notice may be lost; `resync` tells a screen to read again. Streams end at once when their access is revoked.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import orjson
import structlog
from prometheus_client import Counter, Gauge

from voltkeep.accounts.model import ALL, Actor, Reach
from voltkeep.kit.bus import Bus
from voltkeep.kit.errors import TooMany

MOST_WAITING: Final = 256
MOST_STREAMS: Final = 2_000
MOST_EACH: Final = 20
HEARTBEAT_S: Final = 15.0
RECHECK_S: Final = 30.0
RETRY_MS: Final = 2_000
REVOKED: Final = "access.revoked"

# Who may hear of an event, by the first word of its type.
PERMISSION_OF: Final = {
    "station": "station.view",
    "connector": "station.view",
    "site": "station.view",
    "candidate": "station.approve",
    "onboarding": "station.approve",
    "parameter": "parameter.read",
    "session": "session.view",
    "command": "command.view",
    "token": "token.view",
    "meter": "telemetry.view",
}

STREAMS = Gauge("voltkeep_live_streams", "Live streams held by this process")
DROPPED = Counter("voltkeep_live_dropped_total", "Notices dropped because a browser reads too slowly")
UNKNOWN = Counter("voltkeep_live_unknown_total", "Notices of a type that nobody may see")

log = structlog.get_logger()

Recheck = Callable[[], Awaitable[Actor | None]]


def sse(data: dict[str, Any], event: str | None = None) -> bytes:
    """One message of an event stream (HTML, 9.2.5)."""
    head = f"event: {event}\n".encode() if event else b""
    return head + b"data: " + orjson.dumps(data) + b"\n\n"


def permission_for(kind: str) -> str | None:
    """The permission that lets somebody hear of events of this type; None: nobody may."""
    return PERMISSION_OF.get(kind.split(".", 1)[0])


RESYNC: Final = sse({"type": "resync", "v": 1}, "resync")


@dataclass(eq=False)
class Stream:
    """One browser's end. `credential` is the id of its session or token."""

    actor: Actor
    credential: UUID
    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    reaches: dict[str, Reach] = field(default_factory=dict)

    def become(self, actor: Actor) -> None:
        """Bind the stream to the actor's rights as of now."""
        self.actor = actor
        self.reaches.clear()

    def offer(self, message: bytes) -> None:
        """Queue a message; when the browser reads too slowly, all that waits becomes one `resync`."""
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            DROPPED.inc(self.waiting.qsize())
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(RESYNC)

    def rest_after(self, first: bytes) -> bytes:
        """`first` with all that waits behind it: one write for a burst."""
        parts = [first]
        while not self.waiting.empty():
            parts.append(self.waiting.get_nowait())
        return b"".join(parts)

    def sees(self, permission: str, organisation_id: UUID) -> bool:
        """Whether the viewer's reach for the permission holds the organisation."""
        if permission not in self.reaches:
            self.reaches[permission] = self.actor.organisations_for(permission)
        reach = self.reaches[permission]
        return reach is ALL or organisation_id in reach


class TooManyStreams(TooMany):
    """This process, or this session or token, holds as many streams as it may."""

    code = "too-many-streams"


class Live:
    """The fan-out of one process: one subscription, many streams."""

    def __init__(self, bus: Bus, *, heartbeat_s: float = HEARTBEAT_S, recheck_s: float = RECHECK_S) -> None:
        self._bus = bus
        self._heartbeat_s = heartbeat_s
        self._recheck_s = recheck_s
        self._streams: set[Stream] = set()
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen on the bus, and watch whether it stays."""
        await self._bus.listen("live.*", self._on_notice)
        await self._bus.listen(REVOKED, self._on_revoked)
        self._watch = asyncio.create_task(self._watch_bus(), name="live-watch")

    async def close(self) -> None:
        """End every stream."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        self.end_all()

    def end_all(self) -> None:
        """Let every browser go; each comes back to whichever process answers."""
        for stream in self._streams:
            stream.ended.set()

    @property
    def held(self) -> int:
        """How many streams are open."""
        return len(self._streams)

    def check_room(self, credential: UUID) -> None:
        """Raises TooManyStreams before an answer begins."""
        own = sum(stream.credential == credential for stream in self._streams)
        if len(self._streams) >= MOST_STREAMS or own >= MOST_EACH:
            raise TooManyStreams("Too many live streams", retry_after_s=10)

    async def follow(self, actor: Actor, credential: UUID, recheck: Recheck) -> AsyncIterator[bytes]:
        """The bytes of one stream until it ends; `recheck` gives the actor anew, None once access is gone."""
        stream = Stream(actor, credential)
        self._streams.add(stream)
        STREAMS.set(len(self._streams))
        checking = asyncio.create_task(self._keep_checking(stream, recheck), name="live-recheck")
        try:
            yield f"retry: {RETRY_MS}\n\n".encode() + RESYNC
            while not stream.ended.is_set():
                yield await self._next(stream)
        finally:
            checking.cancel()
            self._streams.discard(stream)
            STREAMS.set(len(self._streams))

    async def _next(self, stream: Stream) -> bytes:
        getting = asyncio.create_task(stream.waiting.get())
        ending = asyncio.create_task(stream.ended.wait())
        try:
            done, _ = await asyncio.wait(
                {getting, ending}, timeout=self._heartbeat_s, return_when=asyncio.FIRST_COMPLETED
            )
            if ending in done:
                return b": bye\n\n"
            return stream.rest_after(getting.result()) if getting in done else b": still here\n\n"
        finally:
            getting.cancel()
            ending.cancel()

    async def _keep_checking(self, stream: Stream, recheck: Recheck) -> None:
        while not stream.ended.is_set():
            await asyncio.sleep(self._recheck_s)
            try:
                actor = await recheck()
            except Exception as error:  # the database may be away for a while; the next look decides
                log.warning("live_recheck_failed", error=str(error)[:200])
                continue
            if actor is None:
                stream.ended.set()
            else:
                stream.become(actor)

    async def _on_notice(self, _: str, notice: dict[str, Any]) -> None:
        if self._streams:
            for event in notice["events"]:
                self._offer(event)

    def _offer(self, notice: dict[str, Any]) -> None:
        permission = permission_for(str(notice.get("type", "")))
        if permission is None:
            UNKNOWN.inc()
            return
        organisation_id = UUID(str(notice["organisation_id"]))
        message = sse(notice)
        for stream in self._streams:
            if stream.sees(permission, organisation_id):
                stream.offer(message)

    async def _on_revoked(self, _: str, notice: dict[str, Any]) -> None:
        gone = set(notice.get("ids", ()))
        for stream in self._streams:
            if str(stream.credential) in gone:
                stream.ended.set()

    async def _watch_bus(self) -> None:
        seen = self._bus.client.stats["reconnects"]
        while True:
            await asyncio.sleep(0.5)
            reconnects = self._bus.client.stats["reconnects"]
            if reconnects != seen and self._bus.is_connected:
                seen = reconnects
                for stream in self._streams:
                    stream.offer(RESYNC)
