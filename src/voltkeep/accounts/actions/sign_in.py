"""Sign-in with e-mail and password: the same answer and the same work whether the account exists or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.passwords import password_matches
from voltkeep.accounts.model import Actor
from voltkeep.accounts.store import delays, people, sessions
from voltkeep.kit.db import Database, Tx
from voltkeep.kit.errors import Refusal, TooMany
from voltkeep.kit.hashes import keyed_hash, random_secret
from voltkeep.kit.ids import new_id

FREE_FOR_ACCOUNT: Final = 5
FREE_FOR_ADDRESS: Final = 30


class WrongPassword(Refusal):
    """No such account, or another password: which of both isn't told."""

    status = 401
    code = "wrong-password"
    title = "The e-mail address or the password is wrong"


class SignInDelayed(TooMany):
    """Too many wrong passwords for this account or from this address."""

    code = "sign-in-delayed"
    title = "Too many attempts; wait a little"


@dataclass(frozen=True, slots=True)
class SignInAsked:
    """What came with a sign-in."""

    email: str
    password: str
    address: str | None
    user_agent: str | None
    request_id: str | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """A browser session just begun; `plain` goes into the cookie and is kept nowhere."""

    id: UUID
    person_id: UUID
    plain: str
    csrf_token: str


async def sign_in(database: Database, asked: SignInAsked, *, key: bytes, idle: timedelta, now: datetime) -> NewSession:
    """A new browser session. Raises WrongPassword or SignInDelayed (with `retry_after_s`).

    The attempt is counted before the password is looked at, so that guesses side by side don't outrun the delay.
    """
    async with database.transaction() as tx:
        await count_attempt(tx, asked.email, asked.address, key=key, now=now)
        person = await people.person_by_email(tx, asked.email)
    right = await password_matches(asked.password, person.password_hash if person else None)
    async with database.transaction() as tx:
        # Looked at again: a password changed in the meantime must not open a session that its change would have ended.
        if person is not None and right and await people.password_hash(tx, person.id) == person.password_hash:
            return await _begin(tx, asked, person, key=key, idle=idle, now=now)
        await _note_refusal(tx, asked, person, now)
    raise WrongPassword()


async def count_attempt(tx: Tx, email: str, address: str | None, *, key: bytes, now: datetime) -> None:
    """Count one attempt for the account and the address. Raises SignInDelayed while either is locked."""
    account, place = _subjects(email, address, key)
    counters = await delays.take(tx, [account, place], now)
    wait = max(one.wait_s(now) for one in counters.values())
    if wait > 0:
        raise SignInDelayed(f"Try again in {wait:.0f} s", retry_after_s=max(1, round(wait)))
    await delays.keep(tx, account, counters[account].another(now, free=FREE_FOR_ACCOUNT))
    await delays.keep(tx, place, counters[place].another(now, free=FREE_FOR_ADDRESS))


async def forgive_attempts(tx: Tx, email: str, address: str | None, *, key: bytes) -> None:
    """The password was right: nothing of it is held against the account."""
    await delays.forgive(tx, *_subjects(email, address, key))


def _subjects(email: str, address: str | None, key: bytes) -> tuple[bytes, bytes]:
    return keyed_hash(key, f"account:{email.strip().lower()}"), keyed_hash(key, f"address:{address}")


async def _begin(
    tx: Tx, asked: SignInAsked, person: Row[Any], *, key: bytes, idle: timedelta, now: datetime
) -> NewSession:
    session = NewSession(new_id(), person.id, random_secret(40), random_secret(32))
    await sessions.insert_session(
        tx,
        id=session.id,
        person_id=person.id,
        token_hash=keyed_hash(key, session.plain),
        csrf_token=session.csrf_token,
        address=asked.address,
        user_agent=(asked.user_agent or "")[:300] or None,
        now=now,
        expires_at=now + idle,
    )
    await forgive_attempts(tx, asked.email, asked.address, key=key)
    await _record(tx, asked, person, now, outcome="done")
    return session


async def _note_refusal(tx: Tx, asked: SignInAsked, person: Row[Any] | None, now: datetime) -> None:
    if person is not None:
        await _record(tx, asked, person, now, outcome="refused")
    elif root := await people.root_organisation(tx):
        nobody = Actor("person", None, "unknown", root.id, address=asked.address, request_id=asked.request_id)
        await record_audit(
            tx,
            nobody,
            action="session.sign-in",
            object_kind="person",
            object_id="unknown",
            organisation_id=root.id,
            now=now,
            outcome="refused",
        )


async def _record(tx: Tx, asked: SignInAsked, person: Row[Any], now: datetime, *, outcome: str) -> None:
    actor = Actor(
        "person",
        person.id if outcome == "done" else None,
        person.name,
        person.organisation_id,
        address=asked.address,
        request_id=asked.request_id,
    )
    await record_audit(
        tx,
        actor,
        action="session.sign-in",
        object_kind="person",
        object_id=str(person.id),
        organisation_id=person.organisation_id,
        now=now,
        outcome=outcome,
    )
