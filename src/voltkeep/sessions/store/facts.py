"""What decisions need to know, read in one statement a batch wherever nothing is odd."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voltkeep.kit.arrays import Array, array_of
from voltkeep.kit.db import Tx
from voltkeep.sessions.model.asked import MeterAsked, StartAsked, StopAsked
from voltkeep.sessions.model.endings import PLATFORM
from voltkeep.sessions.model.keys import stop_key
from voltkeep.sessions.model.known import Known
from voltkeep.sessions.model.meters import IntervalFacts, session_of
from voltkeep.sessions.model.readings import INTERVAL
from voltkeep.sessions.model.session import Session, clean
from voltkeep.sessions.model.starts import LATE
from voltkeep.sessions.model.stops import is_nameless
from voltkeep.sessions.store.rows import SELECTED, query, to_session

# How far back a nameless stop or a late start looks for its other half.
SPAN = timedelta(days=7)

# `limit 1` keeps the planner on the unique index whatever it believes of the table's size.
_BY_KEY = """
    select s.id from unnest(%b::uuid[], %b::bytea[]) as u(station_id, start_key) cross join lateral (
      select id from charging_session where station_id = u.station_id and start_key = u.start_key limit 1) s
"""
_BY_EVSE = """
    select s.id from unnest(%b::uuid[], %b::smallint[]) as u(station_id, evse) cross join lateral (
      select id from charging_session where station_id = u.station_id and evse = u.evse and state = 'active' limit 1) s
"""
_BY_TRANSACTION = """
    select s.id from unnest(%b::uuid[], %b::text[]) as u(station_id, transaction_id) cross join lateral (
      select id from charging_session
       where station_id = u.station_id and transaction_id = u.transaction_id limit 1) s
"""
_CHARGING = """
    select s.id from unnest(%b::uuid[], %b::text[]) as u(organisation_id, token_uid)
      join charging_session s on s.organisation_id = u.organisation_id and upper(s.token_uid) = u.token_uid
     where s.state = 'active'
"""
_WITHOUT_START = """
    select s.id from charging_session s
     where s.station_id = any(%b::uuid[]) and s.started_at >= %b::timestamptz and s.evse is null
       and 'start-missing' = any(s.problems)
"""
_OF_STATIONS = """
    select s.id from charging_session s
     where s.station_id = any(%b::uuid[]) and (s.state = 'active'
        or s.started_at >= %b::timestamptz and (s.ended_by = 'platform' or s.ended_at = any(%b::timestamptz[])))
"""


async def facts_for_starts(tx: Tx, asked: Sequence[StartAsked], keys: Sequence[bytes]) -> Known:
    """Sessions with the same keys or on the same EVSEs, and the rarer kinds where an ask calls for them."""
    stations = _stations(asked)
    evses = array_of("smallint", [_small(ask.evse) for ask in asked])
    parts: list[tuple[str, list[Any]]] = [
        (_BY_KEY, [stations, array_of("bytea", keys)]),
        (_BY_EVSE, [stations, evses]),
    ]
    if single := [ask for ask in asked if ask.one_session_a_token]:
        uids = array_of("text", [clean(ask.token_uid).upper() for ask in single])
        parts.append((_CHARGING, [array_of("uuid", [ask.organisation_id for ask in single]), uids]))
    if late := [ask for ask in asked if ask.received_at - ask.at > LATE]:
        oldest = max(ask.received_at for ask in late) - SPAN
        parts.append((_WITHOUT_START, [_stations(late), oldest]))
    return Known(await _locked(tx, parts))


async def facts_for_stops(tx: Tx, asked: Sequence[StopAsked]) -> Known:
    """Sessions that the stops name; for those that name none, what else their stations have."""
    stations = _stations(asked)
    names = array_of("text", ["" if is_nameless(ask.transaction_id) else str(ask.transaction_id) for ask in asked])
    keys = array_of("bytea", [stop_key(ask) for ask in asked])
    found = await _locked(tx, [(_BY_TRANSACTION, [stations, names]), (_BY_KEY, [stations, keys])])
    known = Known(found)
    lost = [ask for ask in asked if known.by_transaction(ask.station_id, str(ask.transaction_id)) is None]
    if lost:
        oldest = max(ask.received_at for ask in lost) - SPAN
        ends = array_of("timestamptz", [end for ask in lost for end in (ask.at, ask.received_at)])
        more = await _locked(tx, [(_OF_STATIONS, [_stations(lost), oldest, ends])])
        known = Known([*found, *more])
    return known


async def facts_for_meters(tx: Tx, asked: Sequence[MeterAsked]) -> Known:
    """Sessions that the readings name, or the live ones of their EVSEs."""
    named = [ask for ask in asked if not is_nameless(ask.transaction_id)]
    others = [ask for ask in asked if is_nameless(ask.transaction_id) and ask.evse > 0]
    found = await _locked(
        tx,
        [
            (_BY_TRANSACTION, [_stations(named), array_of("text", [str(ask.transaction_id) for ask in named])]),
            (_BY_EVSE, [_stations(others), array_of("smallint", [_small(ask.evse) for ask in others])]),
        ],
    )
    guessed = [session for session in found if session.ended_by == PLATFORM and session.evse is not None]
    if guessed:
        places = [_stations(guessed), array_of("smallint", [session.evse for session in guessed])]
        found = [*found, *await _locked(tx, [(_BY_EVSE, places)])]
    return Known(found)


async def interval_facts(tx: Tx, asked: Sequence[MeterAsked], known: Known) -> dict[UUID, IntervalFacts]:
    """What is known of the intervals of those sessions that got some."""
    instants: set[datetime] = set()
    facts: dict[UUID, IntervalFacts] = {}
    for ask in asked:
        ats = {sample.at for sample in ask.samples if sample.parameter == INTERVAL}
        session = session_of(ask, known) if ats else None
        if session is not None:
            facts[session.id] = IntervalFacts()
            instants |= ats
    if facts:
        await _fill(tx, facts, instants)
    return facts


async def _fill(tx: Tx, facts: dict[UUID, IntervalFacts], instants: Collection[datetime]) -> None:
    rows = await tx.rows(
        """
        select session_id, kind, sum(energy_wh) as wh, array_agg(at) filter (where at = any(:ats)) as seen
          from session_interval where session_id = any(:ids) group by session_id, kind
        """,
        ids=list(facts),
        ats=list(instants),
    )
    for row in rows:
        facts[row.session_id].sums[row.kind] = row.wh
        facts[row.session_id].seen |= {(row.kind, at) for at in row.seen or ()}


async def _locked(tx: Tx, parts: Iterable[tuple[str, list[Any]]]) -> list[Session]:
    """The sessions of all parts, locked in the order of their ids so that two batches can't wait crosswise."""
    kept = list(parts)
    ids = " union ".join(f"({sql})" for sql, _ in kept)
    statement = (
        f"select {SELECTED} from charging_session s where s.id = any(array({ids})) order by s.id for update of s"
    )
    rows = await query(tx, statement, [array for _, arrays in kept for array in arrays])
    return [to_session(row) for row in rows]


def _stations(items: Iterable[StartAsked | StopAsked | MeterAsked | Session]) -> Array:
    return array_of("uuid", [item.station_id for item in items])


def _small(number: int) -> int:
    return number if 0 <= number < 32_768 else -1
