"""A durable instruction to a station and its life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

State = Literal["queued", "sent", "accepted", "rejected", "failed", "timed-out", "unknown", "expired", "observed"]

# The one table of moves. A settled command never goes back; only observation may still say that it had its effect.
# `sent` → `queued` is a read asked again after the process that sent it died.
MOVES: Mapping[State, frozenset[State]] = {
    "queued": frozenset({"sent", "expired"}),
    "sent": frozenset({"accepted", "rejected", "failed", "timed-out", "unknown", "observed", "queued"}),
    "accepted": frozenset({"observed"}),
    "timed-out": frozenset({"observed"}),
    "unknown": frozenset({"observed"}),
    "rejected": frozenset(),
    "failed": frozenset(),
    "expired": frozenset(),
    "observed": frozenset(),
}
OPEN: frozenset[State] = frozenset({"queued", "sent"})
OBSERVABLE: tuple[State, ...] = tuple(state for state, after in MOVES.items() if "observed" in after)
ANSWERS: frozenset[State] = frozenset({"accepted", "rejected", "failed", "timed-out", "unknown"})

# After this long without an answer a sent command of a process that vanished is `unknown`; above any call time-out.
SENT_FOR_LONG = timedelta(minutes=15)
OBSERVED_WITHIN = timedelta(days=1)
HIDDEN_PATHS = "$hidden"
MASK = "••••••"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `arguments` are those asked for, completed with what its kind's `prepare` found."""

    id: UUID
    organisation_id: UUID
    station_id: UUID
    evse: int | None
    action: str
    arguments: dict[str, Any]
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    state: State
    read_only: bool
    created_at: datetime
    expires_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    observed_at: datetime | None
    epoch: int | None
    answer: Any | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` found: the EVSE meant (None: the station), facts for the wire, dotted paths of secrets."""

    evse: int | None = None
    wire: dict[str, Any] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """A station's answer to a sent command, or the lack of one."""

    id: UUID
    state: State
    answer: Any | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """An effect seen on a station that a command may have asked for; `match` is part of that command's arguments."""

    station_id: UUID
    action: str
    evse: int | None = None
    match: dict[str, Any] = field(default_factory=dict)


def may_move(before: State, after: State) -> bool:
    """Whether the life of a command allows this step."""
    return after in MOVES[before]


def decide_settled(settled: Sequence[Settled], states: Mapping[UUID, State]) -> list[bool]:
    """For each answer in order whether it counts: the first for a sent command does, all others change nothing."""
    current = dict(states)
    verdicts = []
    for one in settled:
        before = current.get(one.id)
        counts = before is not None and one.state in ANSWERS and may_move(before, one.state)
        if counts:
            current[one.id] = one.state
        verdicts.append(counts)
    return verdicts


def after_restart(read_only: bool, expires_at: datetime, now: datetime) -> State:
    """What becomes of a command that was sent by a connection that is gone: only reads are asked again."""
    return "queued" if read_only and expires_at > now else "unknown"


def masked(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as anybody may see them: secret values replaced, the list of their paths left out."""
    paths = {tuple(path.split(".", 1)) for path in arguments.get(HIDDEN_PATHS, ())}
    return {key: _masked(value, key, paths) for key, value in arguments.items() if key != HIDDEN_PATHS}


def _masked(value: Any, key: str, paths: set[tuple[str, ...]]) -> Any:
    if (key,) in paths:
        return MASK
    if isinstance(value, dict):
        return {inner: MASK if (key, inner) in paths else one for inner, one in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class CommandFilter:
    """Which commands a list shows; None: any."""

    station_id: UUID | None = None
    state: State | None = None
    action: str | None = None


def without_secrets(answer: Any, secret_keys: frozenset[str]) -> Any:
    """An answer without the values of secret configuration keys (lower case), which some stations do read out."""
    if isinstance(answer, list):
        return [without_secrets(one, secret_keys) for one in answer]
    if not isinstance(answer, dict):
        return answer
    named = answer.get("key")
    hide = isinstance(named, str) and named.lower() in secret_keys
    return {
        key: MASK if hide and key == "value" else without_secrets(value, secret_keys) for key, value in answer.items()
    }
