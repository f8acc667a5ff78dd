"""One station's connection: reads its frames in order, answers, and carries calls the other way."""

from __future__ import annotations

import asyncio
import contextlib
import random
from datetime import datetime
from typing import Any

import structlog
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from voltkeep.kit import clock
from voltkeep.kit.errors import Unavailable
from voltkeep.protocols.ocpp.frames import (
    Call,
    CallError,
    CallResult,
    Code,
    Fault,
    Faulty,
    OcppFault,
    decode,
    encode_error,
    encode_result,
)
from voltkeep.protocols.ocpp.socket.calls import Calls
from voltkeep.protocols.ocpp.socket.commands import CommandLine
from voltkeep.protocols.ocpp.socket.gateway import Gateway
from voltkeep.protocols.ocpp.socket.metrics import CLOSED, FAULTS, latency, messages
from voltkeep.protocols.ocpp.socket.station_socket import StationSocket
from voltkeep.protocols.ocpp.v16.calling import Answer
from voltkeep.protocols.ocpp.v16.configure import configure
from voltkeep.protocols.ocpp.v16.incoming import INCOMING, answer
from voltkeep.protocols.ocpp.v16.outgoing import CALLED
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.stations.model import Disconnected
from voltkeep.traces.model import Direction, Kind

log = structlog.get_logger(__name__)

_WRITE_TIMEOUT_S = 20
# What may be a label of a metric; anything else would let strangers make new series.
_REASONS = frozenset({"closed", "replaced", "silent", "not-reading", "gateway-restart"})
_CONFIGURE_AFTER_S = (0.2, 3.0)


class Connection:
    """Between `enter` and `leave`. Everything that few stations need is made when it is needed."""

    __slots__ = (
        "_calls",
        "_commands",
        "_configuring",
        "ended_by",
        "epoch",
        "gateway",
        "pinged_s",
        "socket",
        "speaker",
    )

    def __init__(self, gateway: Gateway, socket: StationSocket, speaker: Speaker, epoch: int) -> None:
        self.gateway = gateway
        self.socket = socket
        self.speaker = speaker
        self.epoch = epoch
        self.ended_by = "closed"
        self.pinged_s = socket.heard_s
        self._calls: Calls | None = None
        self._commands: CommandLine | None = None
        self._configuring: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Take the station's place in the directory, read until the end, give the place back."""
        older = self.gateway.directory.enter(self)
        if older is not None:
            older.end("replaced")
        try:
            await self._replace_elsewhere()
            self.wake()
            while True:
                await self._receive(await self.socket.recv(decode=False))
        except ConnectionClosed:
            pass
        finally:
            await self._leave()

    @property
    def is_over(self) -> bool:
        """Whether the socket is closing or closed."""
        return self.socket.state is not State.OPEN

    def end(self, reason: str, *, code: int = 1001) -> None:
        """Close the socket without waiting for it."""
        self.ended_by = reason
        self.gateway.spawn(self.socket.close(code, reason), "close")

    def give_up(self, reason: str) -> None:
        """Drop a socket whose other end doesn't react any more."""
        self.ended_by = reason
        self.socket.transport.abort()

    def wake(self) -> None:
        """Look for commands that wait for this station."""
        if self._commands is None:
            self._commands = CommandLine(self)
        self._commands.wake()

    async def call(self, action: str, payload: dict[str, Any]) -> Answer:
        """Call the station; see Calls.call."""
        if self._calls is None:
            settings = self.gateway.settings
            self._calls = Calls(
                self._write_call,
                self.gateway.schemas,
                timeout_s=settings.ocpp_call_timeout_s,
                limit=settings.ocpp_queue_limit,
            )
        return await self._calls.call(action, payload)

    def configure_soon(self) -> None:
        """Read and set the configuration shortly, not in step with thousands of others that booted just now."""
        if self.gateway.settings.ocpp_configure and (self._configuring is None or self._configuring.done()):
            self._configuring = self.gateway.spawn(self._configure(), "configure")

    async def ping(self) -> None:
        """A WebSocket ping; the pong counts as a sign of life by itself."""
        with contextlib.suppress(ConnectionClosed, TimeoutError):
            async with asyncio.timeout(_WRITE_TIMEOUT_S):
                await self.socket.ping()

    async def _replace_elsewhere(self) -> None:
        """Another process may hold the connection before this one."""
        if self.epoch > 1:
            subject = f"station.{self.speaker.station_id}.{self.epoch - 1}.cut"
            await self.gateway.bus.tell(subject, {"reason": "replaced"})

    async def _leave(self) -> None:
        self.gateway.directory.leave(self)
        CLOSED.labels(self.ended_by if self.ended_by in _REASONS else "other").inc()
        if self._calls is not None:
            self._calls.close()
        if self._configuring is not None:
            self._configuring.cancel()
        with contextlib.suppress(Exception):  # the worker's sweep finds what couldn't be noted
            await self.gateway.departures.add(Disconnected(self.speaker.station_id, self.epoch, self.ended_by))

    async def _receive(self, raw: bytes) -> None:
        frame = decode(raw, self.gateway.limits)
        if isinstance(frame, Call):
            await self._on_call(frame, raw)
        elif isinstance(frame, Faulty):
            await self._on_faulty(frame, raw)
        else:
            self._on_answer(frame, raw)

    async def _on_call(self, call: Call, raw: bytes) -> None:
        began_s = clock.monotonic_s()
        action = call.action if call.action in INCOMING else "other"
        messages(action, "in").inc()
        self._trace("in", "call", raw, call.id, call.action)
        reply, fault = await self._reply(call, clock.now())
        await self._write(reply)
        self._trace("out", "error" if fault else "result", reply, call.id, call.action, fault)
        latency(action).observe(clock.monotonic_s() - began_s)
        if call.action == "BootNotification" and fault is None:
            self.configure_soon()

    async def _reply(self, call: Call, now: datetime) -> tuple[bytes, str | None]:
        gateway = self.gateway
        try:
            payload = await answer(call, schemas=gateway.schemas, station=self.speaker, desk=gateway.desk, now=now)
            return encode_result(call.id, payload), None
        except OcppFault as error:
            fault = error.fault
        except Unavailable:
            fault = Fault(Code.INTERNAL_ERROR, "Not stored; send it again later")
        except Exception:
            log.exception("message failed", station=self.speaker.identity, action=call.action[:60])
            fault = Fault(Code.INTERNAL_ERROR, "The message could not be processed")
        FAULTS.labels(fault.code).inc()
        return encode_error(call.id, fault), f"{fault.code}: {fault.description}"

    async def _on_faulty(self, frame: Faulty, raw: bytes) -> None:
        fault = frame.fault
        FAULTS.labels(fault.code).inc()
        text = f"{fault.code}: {fault.description}"
        self._trace("in", "unreadable", raw, frame.id, frame.action, text)
        if frame.is_answerable and frame.id is not None:
            reply = encode_error(frame.id, fault)
            await self._write(reply)
            self._trace("out", "error", reply, frame.id, frame.action, text)

    def _on_answer(self, frame: CallResult | CallError, raw: bytes) -> None:
        action = self._calls.settle(frame) if self._calls is not None else None
        kind: Kind = "result" if isinstance(frame, CallResult) else "error"
        self._trace("in", kind, raw, frame.id, action, None if action else "late or not asked for")
        messages(action if action in CALLED else "other", "in").inc()

    async def _write_call(self, raw: bytes, message_id: str, action: str) -> None:
        messages(action if action in CALLED else "other", "out").inc()
        self._trace("out", "call", raw, message_id, action)
        try:
            await self._write(raw)
        except ConnectionClosed as error:
            raise ConnectionError("closed") from error

    async def _write(self, raw: bytes) -> None:
        """Send; a station that reads nothing for 20 s is given up. What fits into an empty buffer never waits."""
        if self.socket.send_at_once(raw):
            return
        try:
            async with asyncio.timeout(_WRITE_TIMEOUT_S):
                await self.socket.send(raw, text=True)
        except TimeoutError:
            self.give_up("not-reading")

    def _trace(
        self,
        direction: Direction,
        kind: Kind,
        raw: bytes,
        message_id: str | None,
        action: str | None,
        fault: str | None = None,
    ) -> None:
        number = self.speaker.station_no
        self.gateway.frames.note(number, direction, kind, raw, message_id=message_id, action=action, fault=fault)

    async def _configure(self) -> None:
        await asyncio.sleep(random.uniform(*_CONFIGURE_AFTER_S))  # noqa: S311  jitter, no secret
        try:
            async with self.gateway.configuring:
                await configure(self.call, self.speaker, self.gateway.database)
        except Unavailable:
            log.warning("configuration left for the next boot", station=self.speaker.identity)
        except Exception:
            log.exception("configuration failed", station=self.speaker.identity)
