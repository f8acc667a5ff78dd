"""SQL of who waits at the door and of the windows that keep them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.accounts.actions.scope import Scope
from voltkeep.kit.db import Tx
from voltkeep.stations.model import Candidate, OnboardingWindow

_NAMES = [field.name for field in fields(Candidate)]
_OWN = ", ".join(f"c.{name}" for name in _NAMES if name != "station_id")
_SOURCE = """station_candidate c left join station s on s.identity = c.identity and s.retired_at is null
  left join station_presence p on p.station_id = s.id"""
# A station that has since come in with the right password waits no more.
_STILL_OUT = "(p.connected_at is null or p.connected_at < c.last_seen_at)"
_WINDOW = ", ".join(field.name for field in fields(OnboardingWindow))


def _visible(scope: Scope) -> str:
    """Knocks that concern nobody yet are shown to those who may approve in an organisation without a parent."""
    if scope.sql == "true":
        return "true"
    rooted = "exists (select 1 from organisation o where o.parent_id is null and o.id = any(:scope_organisations))"
    return f"({scope.sql} or (c.organisation_id is null and {rooted}))"


def _to_candidate(row: Row[Any]) -> Candidate:
    values = row._mapping
    return Candidate(**{name: values[name] for name in _NAMES})


async def page(
    tx: Tx, scope: Scope, *, dismissed: bool, before: tuple[datetime, str] | None, limit: int
) -> list[Candidate]:
    """Newest knock first, from behind `before` (last_seen_at, identity)."""
    beyond = "and (c.last_seen_at, c.identity) < (cast(:seen as timestamptz), :identity)" if before else ""
    rows = await tx.rows(
        f"""select {_OWN}, s.id station_id from {_SOURCE}
            where {_visible(scope)} and (c.dismissed_at is not null) = :dismissed and {_STILL_OUT} {beyond}
            order by c.last_seen_at desc, c.identity desc limit :limit""",
        dismissed=dismissed,
        limit=limit,
        **({"seen": before[0], "identity": before[1]} if before else {}),
        **scope.parameters,
    )
    return [_to_candidate(row) for row in rows]


async def count(tx: Tx, scope: Scope) -> int:
    """How many wait and weren't dismissed."""
    sql = f"select count(*) from {_SOURCE} where {_visible(scope)} and c.dismissed_at is null and {_STILL_OUT}"
    return int(await tx.value(sql, **scope.parameters))


async def find(tx: Tx, scope: Scope, identity: str) -> Candidate | None:
    """One candidate the scope sees, locked until the transaction ends."""
    row = await tx.row(
        f"""select {_OWN}, s.id station_id from {_SOURCE} where c.identity = :identity and {_visible(scope)}
            for update of c""",
        identity=identity,
        **scope.parameters,
    )
    return None if row is None else _to_candidate(row)


async def dismiss(tx: Tx, identity: str, now: datetime) -> None:
    """Don't show it again unless asked for."""
    await tx.run(
        "update station_candidate set dismissed_at = :now where identity = :identity", identity=identity, now=now
    )


async def remove(tx: Tx, identity: str) -> None:
    """It is on the list of stations now."""
    await tx.run("delete from station_candidate where identity = :identity", identity=identity)


async def open_windows(tx: Tx, scope: Scope, now: datetime) -> Sequence[OnboardingWindow]:
    """Windows open now, the newest first."""
    rows = await tx.rows(
        f"""select {_WINDOW} from onboarding_window w where closes_at > :now and {scope.sql}
            order by opened_at desc limit 100""",
        now=now,
        **scope.parameters,
    )
    return [OnboardingWindow(**row._mapping) for row in rows]


async def add_window(tx: Tx, window: OnboardingWindow) -> None:
    """Open a window."""
    await tx.run(
        """insert into onboarding_window (id, organisation_id, opened_by, opened_at, closes_at)
           values (:id, :organisation_id, :opened_by, :opened_at, :closes_at)""",
        **{field.name: getattr(window, field.name) for field in fields(window)},
    )


async def close_windows(tx: Tx, organisation_id: UUID, now: datetime) -> int:
    """Close all windows of an organisation; how many were open."""
    return await tx.run(
        "update onboarding_window set closes_at = :now where organisation_id = :organisation_id and closes_at > :now",
        organisation_id=organisation_id,
        now=now,
    )


async def describe(tx: Tx, station_id: UUID, boot: dict[str, Any]) -> None:
    """What it said at the door fills the maker's columns; its first real boot is still to come."""
    await tx.run(
        """update station set vendor = :vendor, model = :model, serial_number = :serial_number,
             firmware_version = :firmware_version where id = :id""",
        id=station_id,
        **{name: boot.get(name) for name in ("vendor", "model", "serial_number", "firmware_version")},
    )
