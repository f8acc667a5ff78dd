"""SQL of the handshake and of who knocked in vain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.stations.model import MOST_CANDIDATES, Handshake
from voltkeep.stations.store.station_row import STATION_COLUMNS


async def knocking(tx: Tx, identity: str, now: datetime) -> Row[Any]:
    """One row whatever the identity: the station (nulls if none), its secret, an open window's organisation, and who
    last had the identity before it was retired."""
    return await tx.one(
        f"""select {STATION_COLUMNS}, s.secret_hash, w.organisation_id window_organisation,
              r.organisation_id former_organisation, c.dismissed_at is not null dismissed
            from (select cast(:identity as text) identity) k
            left join station s on s.identity = k.identity and s.retired_at is null
            left join station_presence p on p.station_id = s.id
            left join station_candidate c on c.identity = k.identity
            left join lateral (select organisation_id from onboarding_window
              where closes_at > :now order by opened_at desc limit 1) w on true
            left join lateral (select organisation_id from station f
              where f.identity = k.identity and f.retired_at is not null order by f.retired_at desc limit 1) r
              on s.id is null""",
        identity=identity,
        now=now,
    )


async def note_candidate(
    tx: Tx, handshake: Handshake, *, organisation_id: UUID | None, reason: str, credentials: str, now: datetime
) -> bool:
    """Remember who knocked; True when the identity is new to the list."""
    row = await tx.one(
        """insert into station_candidate as c (identity, organisation_id, reason, first_seen_at, last_seen_at, address,
             subprotocols, user_agent, credentials)
           values (:identity, :organisation_id, :reason, :now, :now, :address, :subprotocols, :user_agent, :credentials)
           on conflict (identity) do update set organisation_id = coalesce(excluded.organisation_id, c.organisation_id),
             reason = excluded.reason, last_seen_at = excluded.last_seen_at, attempts = c.attempts + 1,
             address = excluded.address, subprotocols = excluded.subprotocols, user_agent = excluded.user_agent,
             credentials = excluded.credentials
           returning xmax = 0 as is_new""",
        identity=handshake.identity,
        organisation_id=organisation_id,
        reason=reason,
        now=now,
        address=handshake.address,
        subprotocols=list(handshake.subprotocols),
        user_agent=handshake.user_agent,
        credentials=credentials,
    )
    return bool(row.is_new)


async def trim_candidates(tx: Tx, most: int = MOST_CANDIDATES) -> int:
    """Drop the longest unseen rows above `most`, those nobody dismissed first; how many went."""
    return await tx.run(
        """delete from station_candidate where identity in (
             select identity from station_candidate order by dismissed_at is not null, last_seen_at
             limit greatest(0, (select count(*) from station_candidate) - :most) for update skip locked)""",
        most=most,
    )
