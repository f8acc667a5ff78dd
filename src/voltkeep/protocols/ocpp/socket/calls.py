"""Calls to one station: one in flight, the others in line, each bounded in time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from voltkeep.kit.ids import new_id
from voltkeep.protocols.ocpp.frames import CallError, CallResult, Schemas, encode_call
from voltkeep.protocols.ocpp.socket.metrics import CALLS_UNANSWERED, LATE_ANSWERS
from voltkeep.protocols.ocpp.v16.calling import Answer, Answered, Refused, Silent, SilentWhy

Write = Callable[[bytes, str, str], Awaitable[None]]
_REMEMBERED = 8


class Calls:
    """Made when the first call of a connection is made, so that silent stations cost nothing."""

    __slots__ = (
        "_action",
        "_flight",
        "_id",
        "_is_closed",
        "_late",
        "_limit",
        "_schemas",
        "_timeout_s",
        "_turn",
        "_waiting",
        "_write",
    )

    def __init__(self, write: Write, schemas: Schemas, *, timeout_s: float, limit: int) -> None:
        self._write = write
        self._schemas = schemas
        self._timeout_s = timeout_s
        self._limit = limit
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._flight: asyncio.Future[CallResult | CallError | None] | None = None
        self._id = ""
        self._action = ""
        self._late: deque[str] = deque(maxlen=_REMEMBERED)
        self._is_closed = False

    async def call(self, action: str, payload: dict[str, Any]) -> Answer:
        """Wait for the turn, send, wait for the answer at most `timeout_s`. Never raises for what the station does."""
        if self._waiting >= self._limit:
            return _silent("not-sent")
        self._waiting += 1
        try:
            async with self._turn:
                return _silent("not-sent") if self._is_closed else await self._fly(action, payload)
        finally:
            self._waiting -= 1

    def settle(self, answer: CallResult | CallError) -> str | None:
        """Hand an answer to its call; the action it answers, or None when nobody waits for it (late or invented)."""
        flight = self._flight
        if flight is None or flight.done() or answer.id != self._id:
            if answer.id in self._late:
                LATE_ANSWERS.inc()
            return None
        flight.set_result(answer)
        return self._action

    def close(self) -> None:
        """The connection is gone: the call in flight and all in line end."""
        self._is_closed = True
        if self._flight is not None and not self._flight.done():
            self._flight.set_result(None)

    async def _fly(self, action: str, payload: dict[str, Any]) -> Answer:
        self._flight = asyncio.get_running_loop().create_future()
        self._id, self._action = str(new_id()), action
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._write(encode_call(self._id, action, payload), self._id, action)
                answer = await self._flight
        except TimeoutError:
            self._late.append(self._id)
            return _silent("timed-out")
        except ConnectionError:
            return _silent("disconnected")
        finally:
            self._flight = None
        return _silent("disconnected") if answer is None else self._to_answer(action, answer)

    def _to_answer(self, action: str, answer: CallResult | CallError) -> Answer:
        if isinstance(answer, CallError):
            return Refused(answer.code, answer.description)
        fault = self._schemas.check_answer(action, answer.payload) if self._schemas.knows(action) else None
        return Answered(answer.payload, fault.description if fault else None)


def _silent(why: SilentWhy) -> Silent:
    CALLS_UNANSWERED.labels(why).inc()
    return Silent(why)
