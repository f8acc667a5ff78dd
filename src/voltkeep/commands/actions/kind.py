"""Kinds of command: what may be asked of a station, by whom, with which arguments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError

from voltkeep.accounts.model import Actor
from voltkeep.commands.model import Prepared
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.stations.model import Station

# `prepare(tx, actor, station, arguments, now)`; `arguments` is an instance of the kind's model. May raise a Refusal.
Prepare = Callable[[Tx, Actor, Station, Any, datetime], Awaitable[Prepared]]

MOST_ERRORS = 20


class ArgumentsInvalid(Invalid):
    """`errors` lists each fault with its field; the first is the problem's own."""

    code = "invalid-arguments"
    title = "The arguments don't fit the command"


async def nothing_to_prepare(tx: Tx, actor: Actor, station: Station, arguments: Any, now: datetime) -> Prepared:
    """For kinds whose arguments are all the wire needs."""
    return Prepared()


@dataclass(frozen=True, slots=True)
class CommandKind:
    """One kind. `read_only`: changes nothing, so it is asked again after a lost connection."""

    name: str
    title: str
    permission: str
    arguments: type[BaseModel]
    prepare: Prepare = nothing_to_prepare
    read_only: bool = False
    expires_s: int = 300

    def check(self, arguments: Mapping[str, Any]) -> BaseModel:
        """The arguments as the kind's model. Raises ArgumentsInvalid with the field of each fault."""
        try:
            return self.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            faults = [
                {"field": ".".join(["arguments", *map(str, one["loc"])]), "message": one["msg"]}
                for one in error.errors(include_url=False, include_input=False)[:MOST_ERRORS]
            ]
            detail = "; ".join(f"{one['field']}: {one['message']}" for one in faults)
            raise ArgumentsInvalid(detail, field=faults[0]["field"], errors=faults) from error


class CommandKinds:
    """The registry of one process, and how many commands may wait for one station."""

    def __init__(self, kinds: Iterable[CommandKind], *, queue_limit: int) -> None:
        self._kinds: dict[str, CommandKind] = {}
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"two kinds of command are called {kind.name}")
            self._kinds[kind.name] = kind
        self.queue_limit = queue_limit

    def kind(self, name: str) -> CommandKind:
        """The kind of this name. Raises Invalid."""
        found = self._kinds.get(name)
        if found is None:
            raise Invalid(f"There is no command {name[:50]!r}", field="action", known=sorted(self._kinds))
        return found

    def __iter__(self) -> Any:
        return iter(self._kinds.values())
