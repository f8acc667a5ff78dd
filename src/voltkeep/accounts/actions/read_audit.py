"""Reading the audit trail, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.accounts.permissions import AUDIT_VIEW
from voltkeep.accounts.store import audit as store
from voltkeep.kit.db import Tx


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to keep; None keeps all. `since` is inclusive, `until` is not."""

    object_kind: str | None = None
    object_id: str | None = None
    actor_id: UUID | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def read_audit(
    tx: Tx, actor: Actor, wanted: AuditFilter, *, before: tuple[str, str] | None, limit: int
) -> Sequence[Row[Any]]:
    """Entries in the actor's reach; `before` is (instant, id) of the last one seen. Raises NotPermitted."""
    require_anywhere(actor, AUDIT_VIEW)
    scope = scope_sql(actor, AUDIT_VIEW, organisation="a.organisation_id")
    return await store.list_entries(tx, scope.sql, scope.parameters, asdict(wanted), before=before, limit=limit)
