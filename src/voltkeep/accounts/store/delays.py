"""Counters of wrong passwords, by hashed account and address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voltkeep.accounts.model import Attempts
from voltkeep.kit.db import Tx


async def take(tx: Tx, subjects: Sequence[bytes], now: datetime) -> dict[bytes, Attempts]:
    """The counters, made where missing and held until the transaction ends.

    Always in one order, so that sign-ins side by side never wait for each other in a circle.
    """
    await tx.run(
        """
        insert into sign_in_delay (subject, failures, failed_at, locked_until)
        select subject, 0, :now, :now from unnest(cast(:subjects as bytea[])) subject order by subject
        on conflict do nothing
        """,
        subjects=list(subjects),
        now=now,
    )
    rows = await tx.rows(
        "select * from sign_in_delay where subject = any(:subjects) order by subject for update",
        subjects=list(subjects),
    )
    return {bytes(row.subject): Attempts(row.failures, row.failed_at, row.locked_until) for row in rows}


async def keep(tx: Tx, subject: bytes, attempts: Attempts) -> None:
    """Write one counter back."""
    await tx.run(
        """
        update sign_in_delay set failures = :failures, failed_at = :failed_at, locked_until = :locked_until
         where subject = :subject
        """,
        subject=subject,
        failures=attempts.failures,
        failed_at=attempts.failed_at,
        locked_until=attempts.locked_until,
    )


async def forgive(tx: Tx, account: bytes, address: bytes) -> None:
    """A right password: the account starts anew, the address gets its attempt back."""
    await tx.run("delete from sign_in_delay where subject = :account", account=account)
    await tx.run(
        """
        update sign_in_delay set failures = greatest(0, failures - 1), locked_until = failed_at
         where subject = :address
        """,
        address=address,
    )


async def purge(tx: Tx, before: datetime) -> int:
    """Drop counters that nobody added to since `before`; rows dropped."""
    return await tx.run("delete from sign_in_delay where failed_at < :before", before=before)
