"""Stations of a built-in profile follow it to its newest version."""

from __future__ import annotations

from voltkeep.kit.db import Tx
from voltkeep.profiles.actions.versions import superseded_builtins
from voltkeep.stations.store.register import move_to_profile


async def follow_builtins(tx: Tx) -> int:
    """Move stations from older built-in versions to the newest; how many. Call it after `ensure_builtin`."""
    moved = 0
    for newest, older in (await superseded_builtins(tx)).items():
        moved += await move_to_profile(tx, newest, older)
    return moved
