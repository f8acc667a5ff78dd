"""Rows of the audit trail."""

from __future__ import annotations

from typing import Any

import orjson

from voltkeep.kit.db import Tx


async def insert_entry(tx: Tx, *, details: dict[str, Any], **columns: Any) -> None:
    """One row; `columns` are those of audit_entry."""
    await tx.run(
        """
        insert into audit_entry (id, at, organisation_id, actor_kind, actor_id, actor_name, action, object_kind,
                                 object_id, outcome, details, address, request_id)
        values (:id, :at, :organisation_id, :actor_kind, :actor_id, :actor_name, :action, :object_kind,
                :object_id, :outcome, cast(:details as jsonb), :address, :request_id)
        """,
        details=orjson.dumps(details, default=str).decode(),
        **columns,
    )
