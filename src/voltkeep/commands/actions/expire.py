"""Commands whose time is over."""

from __future__ import annotations

from datetime import datetime

from voltkeep.commands import store
from voltkeep.commands.actions.tell import tell
from voltkeep.commands.model import SENT_FOR_LONG
from voltkeep.kit.db import Tx

MOST_AT_ONCE = 1000


async def expire_commands(tx: Tx, now: datetime) -> int:
    """Queued past their time: expired. Sent long ago by a process that vanished: unknown. At most 1,000 a call."""
    moved = await store.expire(tx, now, now - SENT_FOR_LONG, MOST_AT_ONCE)
    await tell(tx, moved, now)
    return len(moved)
