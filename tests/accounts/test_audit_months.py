"""Months of the audit trail."""

from __future__ import annotations

from datetime import UTC, datetime

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.ensure_partitions import ensure_partitions
from voltkeep.accounts.model import SYSTEM
from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id

NOW = datetime(2031, 11, 30, 23, 59, tzinfo=UTC)


async def test_entries_that_came_before_their_month_move_into_it(database: Database) -> None:
    async with database.transaction() as tx:
        await record_audit(
            tx, SYSTEM, action="test", object_kind="test", object_id="1", organisation_id=new_id(), now=NOW
        )
        assert await tx.value("select count(*) from audit_entry_default where at = :now", now=NOW) == 1
    async with database.transaction() as tx:
        assert await ensure_partitions(tx, NOW) == 3
        assert await ensure_partitions(tx, NOW) == 0
        assert await tx.value("select count(*) from audit_entry_default") == 0
        assert await tx.value("select count(*) from audit_entry_203111") == 1
        assert await tx.value("select action from audit_entry where at = :now", now=NOW) == "test"
