"""People's passwords: argon2id (RFC 9106) in a few threads, so that sign-ins never hold up the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from voltkeep.kit.errors import Invalid, TooMany
from voltkeep.kit.hashes import random_secret

SHORTEST: Final = 10
LONGEST: Final = 200
MOST_WAITING: Final = 64

Result = TypeVar("Result")

# 19 MiB, two passes, one lane: OWASP's least for argon2id; about 30 ms a password on one core.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_places = BoundedSemaphore(MOST_WAITING)
# Verified for unknown accounts too, so that they cost as much as known ones.
_NOBODY: Final = _hasher.hash(random_secret(32))


def check_new_password(password: str, *, field: str = "password") -> None:
    """Raises Invalid for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"A password has {SHORTEST} to {LONGEST} characters", field=field, least=SHORTEST, most=LONGEST)


async def hash_password(password: str) -> str:
    """The argon2id hash in its standard text form."""
    return await _in_thread(_hasher.hash, password)


async def password_matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; None (no such account) takes as long and is never true."""
    return await _in_thread(_verify, password, stored or _NOBODY) and stored is not None


def _verify(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def _in_thread(work: Callable[..., Result], *arguments: str) -> Result:
    if not _places.acquire(blocking=False):
        raise TooMany("Too many sign-ins at once", retry_after_s=5)
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work, *arguments)
    finally:
        _places.release()
