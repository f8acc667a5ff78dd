"""SQL of the handshake and of who knocked in vain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from voltkeep.kit.db import Tx
from voltkeep.stations.model import MOST_CANDIDATES, Knock
from voltkeep.stations.store.station_row import STATION_COLUMNS


async def knocking(tx: Tx, identities: Sequence[str], now: datetime) -> Sequence[Row[Any]]:
    """One row for each identity, in order: the station (nulls if none), its secret, an open window's organisation,
    and who last had the identity before it was retired."""
    return await tx.rows(
        f"""select {STATION_COLUMNS}, s.secret_hash, w.organisation_id window_organisation,
              r.organisation_id former_organisation, c.dismissed_at is not null dismissed
            from unnest(cast(:identities as text[])) with ordinality k(identity, n)
            left join station s on s.identity = k.identity and s.retired_at is null
            left join station_presence p on p.station_id = s.id
            left join station_candidate c on s.id is null and c.identity = k.identity
            left join (select organisation_id from onboarding_window where closes_at > :now
              order by opened_at desc limit 1) w on true
            left join lateral (select organisation_id from station f
              where f.identity = k.identity and f.retired_at is not null order by f.retired_at desc limit 1) r
              on s.id is null
            order by k.n""",
        identities=list(identities),
        now=now,
    )


async def note_candidates(tx: Tx, knocks: Sequence[Knock], now: datetime) -> list[Knock]:
    """Remember who knocked, each identity once; those that are new to the list."""
    rows = await tx.rows(
        """insert into station_candidate as c (identity, organisation_id, reason, first_seen_at, last_seen_at, address,
             subprotocols, user_agent, credentials)
           select identity, organisation_id, reason, :now, :now, address, string_to_array(subprotocols, ','),
             user_agent, credentials
           from unnest(cast(:identities as text[]), cast(:organisations as uuid[]), cast(:reasons as text[]),
             cast(:addresses as text[]), cast(:subprotocols as text[]), cast(:user_agents as text[]),
             cast(:credentials as text[]))
             k(identity, organisation_id, reason, address, subprotocols, user_agent, credentials)
           order by identity
           on conflict (identity) do update set organisation_id = coalesce(excluded.organisation_id, c.organisation_id),
             reason = excluded.reason, last_seen_at = excluded.last_seen_at, attempts = c.attempts + 1,
             address = excluded.address, subprotocols = excluded.subprotocols, user_agent = excluded.user_agent,
             credentials = excluded.credentials
           returning identity, xmax = 0 as is_new""",
        identities=[one.handshake.identity for one in knocks],
        organisations=[one.organisation_id for one in knocks],
        reasons=[one.reason for one in knocks],
        addresses=[one.handshake.address for one in knocks],
        subprotocols=[",".join(one.handshake.subprotocols) for one in knocks],
        user_agents=[one.handshake.user_agent for one in knocks],
        credentials=[one.credentials for one in knocks],
        now=now,
    )
    new = {row.identity for row in rows if row.is_new}
    return [one for one in knocks if one.handshake.identity in new]


async def trim_candidates(tx: Tx, most: int = MOST_CANDIDATES) -> int:
    """Drop the longest unseen rows above `most`, those nobody dismissed first; how many went.

    One process at a time; who comes second leaves it to the first, so the list may briefly stand a batch above `most`.
    """
    if not await tx.value("select pg_try_advisory_xact_lock(7365118004)"):
        return 0
    return await tx.run(
        """delete from station_candidate where identity in (
             select identity from station_candidate order by dismissed_at is not null, last_seen_at
             limit greatest(0, (select count(*) from station_candidate) - :most))""",
        most=most,
    )
