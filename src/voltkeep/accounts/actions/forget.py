"""What accounts needn't remember."""

from __future__ import annotations

from datetime import datetime, timedelta

from voltkeep.accounts.model import FORGET_AFTER
from voltkeep.accounts.store import delays, sessions
from voltkeep.kit.db import Tx


async def forget_old_access(tx: Tx, *, now: datetime, keep_ended: timedelta) -> None:
    """Drop browser sessions that ended `keep_ended` ago, and counters of wrong passwords whose time is over."""
    await sessions.purge(tx, now - keep_ended)
    await delays.purge(tx, now - FORGET_AFTER)
