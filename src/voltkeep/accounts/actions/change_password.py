"""A person changes their own password; every other session of theirs ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.identify import SignedIn
from voltkeep.accounts.actions.passwords import check_new_password, hash_password, password_matches
from voltkeep.accounts.actions.sign_in import count_attempt, forgive_attempts
from voltkeep.accounts.store import people, sessions
from voltkeep.kit.db import Database
from voltkeep.kit.errors import Invalid


async def change_password(
    database: Database, signed_in: SignedIn, *, current: str, new: str, key: bytes, now: datetime
) -> list[UUID]:
    """Ids of the sessions that ended. Raises Invalid for a wrong or poor password, SignInDelayed."""
    check_new_password(new, field="new")
    actor = signed_in.actor
    assert actor.id is not None and actor.organisation_id is not None  # noqa: S101, PT018  a person has both
    async with database.transaction() as tx:
        await count_attempt(tx, signed_in.email, actor.address, key=key, now=now)
        stored = await people.password_hash(tx, actor.id)
    if not await password_matches(current, stored):
        raise Invalid("The current password is wrong", field="current")
    hashed = await hash_password(new)
    async with database.transaction() as tx:
        await forgive_attempts(tx, signed_in.email, actor.address, key=key)
        await people.set_password(tx, actor.id, hashed)
        ended = await sessions.revoke_other_sessions(tx, actor.id, signed_in.session_id, now)
        await record_audit(
            tx,
            actor,
            action="person.change-password",
            object_kind="person",
            object_id=str(actor.id),
            organisation_id=actor.organisation_id,
            now=now,
        )
    return ended
