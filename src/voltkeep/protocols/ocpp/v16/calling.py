"""How outgoing modules call a station: one call at a time, each with one of a few ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

SilentWhy = Literal["timed-out", "disconnected", "not-sent"]


@dataclass(frozen=True, slots=True)
class Answered:
    """CALLRESULT; the payload may break its schema: then `fault` says how."""

    payload: dict[str, Any]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """CALLERROR with its code."""

    code: str
    description: str


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer: none within the time allowed, the connection went away, or the call never left (`not-sent`)."""

    why: SilentWhy


Answer = Answered | Refused | Silent


class Caller(Protocol):
    """Sends a CALL when those before it are answered; never raises for what the station does."""

    async def __call__(self, action: str, payload: dict[str, Any]) -> Answer: ...
