"""Closes live sessions whose stop will never come."""

from __future__ import annotations

from datetime import datetime, timedelta

from voltkeep.kit.db import Tx
from voltkeep.sessions import store
from voltkeep.sessions.actions.announce import announce
from voltkeep.sessions.model.changes import Changes
from voltkeep.sessions.model.endings import closed_by_platform
from voltkeep.sessions.model.session import Note
from voltkeep.sessions.model.zombies import why_dead

MOST_AT_ONCE = 500


async def close_zombies(tx: Tx, now: datetime, after_s: float) -> int:
    """Close what is dead: its connector idle, or its reachable station silent about it for `after_s` seconds.

    At most 500 sessions are looked at in one call; how many were closed. A later stop or reading corrects each.
    """
    after = timedelta(seconds=after_s)
    changes = Changes()
    for session, around in await store.doubtful_sessions(tx, now, now - after, MOST_AT_ONCE):
        why = why_dead(session, around, now, after)
        if why is None:
            continue
        changes.change(closed_by_platform(session, why, session.last_heard_at), "ended")
        facts = {"status": around.status, "last_heard_at": session.last_heard_at.isoformat()}
        changes.note(Note(session.id, now, "zombie-closed", {"why": why} | facts))
    await store.save_ended(tx, changes.changed.values())
    await store.save_notes(tx, changes.notes)
    await announce(tx, changes, now)
    return len(changes.changed)
