"""A time-limited window in which unknown stations are kept at the door instead of being sent away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from voltkeep.accounts.actions.audit import record_audit
from voltkeep.accounts.actions.require import require, require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Invalid
from voltkeep.kit.ids import new_id
from voltkeep.stations.model import MOST_WINDOW, OnboardingWindow
from voltkeep.stations.permissions import STATION_APPROVE
from voltkeep.stations.store import candidates as store


async def open_windows(tx: Tx, actor: Actor, now: datetime) -> Sequence[OnboardingWindow]:
    """Windows open now that the actor may close. Raises NotPermitted."""
    require_anywhere(actor, STATION_APPROVE)
    return await store.open_windows(tx, scope_sql(actor, STATION_APPROVE, organisation="w.organisation_id"), now)


async def open_onboarding(
    tx: Tx, actor: Actor, *, minutes: int, organisation_id: UUID | None, now: datetime
) -> OnboardingWindow:
    """Open one, in place of any that is open. At most seven days. Raises Invalid, NotPermitted."""
    owner = _owner(actor, organisation_id)
    lasts = timedelta(minutes=minutes)
    if not timedelta(0) < lasts <= MOST_WINDOW:
        raise Invalid("A window stays open between one minute and seven days", field="minutes")
    await store.close_windows(tx, owner, now)
    window = OnboardingWindow(new_id(), owner, actor.id, now, now + lasts)
    await store.add_window(tx, window)
    await _note(tx, actor, "onboarding.open", owner, now, {"minutes": minutes})
    return window


async def close_onboarding(tx: Tx, actor: Actor, *, organisation_id: UUID | None, now: datetime) -> int:
    """Close what is open; how many were. Raises Invalid, NotPermitted."""
    owner = _owner(actor, organisation_id)
    closed = await store.close_windows(tx, owner, now)
    await _note(tx, actor, "onboarding.close", owner, now, {})
    return closed


def _owner(actor: Actor, organisation_id: UUID | None) -> UUID:
    owner = organisation_id or actor.organisation_id
    if owner is None:
        raise Invalid("Say for which organisation", field="organisation_id")
    require(actor, STATION_APPROVE, owner)
    return owner


async def _note(tx: Tx, actor: Actor, action: str, owner: UUID, now: datetime, details: dict[str, int]) -> None:
    await record_audit(
        tx,
        actor,
        action=action,
        object_kind="organisation",
        object_id=str(owner),
        organisation_id=owner,
        now=now,
        details=dict(details),
    )
