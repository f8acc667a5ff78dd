"""Notices that the code has changed, for work on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import voltkeep

LOOK_S = 0.7
SOURCES = Path(voltkeep.__file__).parent


def newest_change(folder: Path) -> tuple[int, int]:
    """How many Python files there are, and the latest change of any (nanoseconds)."""
    changes = [file.stat().st_mtime_ns for file in folder.rglob("*.py")]
    return len(changes), max(changes, default=0)


async def reload_for_ever(restart: Callable[[str], None], folder: Path = SOURCES) -> None:
    """Calls `restart` with the reason each time a Python file came, went or changed."""
    known = await asyncio.to_thread(newest_change, folder)
    while True:
        await asyncio.sleep(LOOK_S)
        seen = await asyncio.to_thread(newest_change, folder)
        if seen != known:
            known = seen
            restart("code changed")
