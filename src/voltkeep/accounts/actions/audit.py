"""The audit trail: what people and tokens did, written in the transaction of the deed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from voltkeep.accounts.model import Actor
from voltkeep.accounts.store import audit as store
from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id


async def record_audit(  # noqa: PLR0913  one fact each, all named by the caller
    tx: Tx,
    actor: Actor,
    *,
    action: str,
    object_kind: str,
    object_id: str,
    organisation_id: UUID,
    now: datetime,
    details: dict[str, Any] | None = None,
    outcome: str = "done",
) -> None:
    """Write down that `actor` did `action` (`station.create`) to an object; `details` must hold no secret."""
    await store.insert_entry(
        tx,
        id=new_id(),
        at=now,
        organisation_id=organisation_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        outcome=outcome,
        details=details or {},
        address=actor.address,
        request_id=actor.request_id,
    )
