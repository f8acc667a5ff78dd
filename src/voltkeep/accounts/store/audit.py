"""Rows of the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.kit.partitions import Parted

ENTRIES = Parted("audit_entry", monthly=True, by="at", has_default=True)


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


async def list_entries(
    tx: Tx,
    scope: str,
    parameters: dict[str, Any],
    wanted: dict[str, Any],
    *,
    before: tuple[str, str] | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """Entries newest first; `wanted` holds object_kind, object_id, actor_id, action, since and until, None for any."""
    at, last = before or (None, None)
    return await tx.rows(
        f"""
        select a.* from audit_entry a
         where {scope}
           and (cast(:object_kind as text) is null or a.object_kind = :object_kind)
           and (cast(:object_id as text) is null or a.object_id = :object_id)
           and (cast(:actor_id as uuid) is null or a.actor_id = :actor_id)
           and (cast(:action as text) is null or a.action = :action)
           and (cast(:since as timestamptz) is null or a.at >= :since)
           and (cast(:until as timestamptz) is null or a.at < :until)
           and (cast(:at as timestamptz) is null or (a.at, a.id) < (cast(:at as timestamptz), cast(:last as uuid)))
         order by a.at desc, a.id desc limit :limit
        """,
        **parameters,
        **wanted,
        at=at,
        last=last,
        limit=limit,
    )
