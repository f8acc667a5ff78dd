"""The end of a browser session by its own person."""

from __future__ import annotations

from datetime import datetime

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.identify import SignedIn
from voltkeep.accounts.store import sessions
from voltkeep.kit.db import Tx


async def sign_out(tx: Tx, signed_in: SignedIn, *, now: datetime) -> None:
    """Revoke the session; its cookie is worth nothing from the commit on."""
    await sessions.revoke_session(tx, signed_in.session_id, now)
    actor = signed_in.actor
    if actor.organisation_id is not None:
        await record_audit(
            tx,
            actor,
            action="session.sign-out",
            object_kind="person",
            object_id=str(actor.id),
            organisation_id=actor.organisation_id,
            now=now,
        )
