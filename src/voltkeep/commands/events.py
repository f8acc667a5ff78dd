"""What happens to commands. `id` is the command's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voltkeep.kit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandChanged(Event):
    """A command moved on in its life."""

    type: ClassVar[str] = "command.changed"
    action: str
    state: str
