"""Months of the audit trail, ahead of the entries that will need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from voltkeep.accounts.store.audit import ENTRIES
from voltkeep.kit.db import Tx
from voltkeep.kit.partitions import ensure_days

AHEAD = (timedelta(0), timedelta(days=31), timedelta(days=62))


async def ensure_partitions(tx: Tx, now: datetime) -> int:
    """Make the missing months from this one to two ahead; how many were made.

    Entries that came before their month was made wait in the default partition and move in.
    """
    return await ensure_days(tx, ENTRIES, [(now + ahead).astimezone(UTC).date() for ahead in AHEAD])
