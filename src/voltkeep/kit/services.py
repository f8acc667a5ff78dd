"""What one process works with, whether or not it speaks to the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import Jobs
from voltkeep.kit.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Made once a process by apps, which collects command `kinds` and `permissions` of all capabilities."""

    database: Database
    bus: Bus
    jobs: Jobs
    settings: Settings
    secret_key: bytes
    kinds: Any
    permissions: tuple[str, ...] = ()
