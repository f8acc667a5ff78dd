"""Rules for transactions that begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from voltkeep.kit.ids import new_id
from voltkeep.sessions.model.asked import StartAsked
from voltkeep.sessions.model.changes import Changes
from voltkeep.sessions.model.endings import STATION, SUPERSEDED, closed_by_platform
from voltkeep.sessions.model.keys import again_key, draw_transaction_id
from voltkeep.sessions.model.known import Known
from voltkeep.sessions.model.outcomes import StartOutcome
from voltkeep.sessions.model.salvage import awaiting_start, joined
from voltkeep.sessions.model.session import Note, Session, believed, clean, sane_evse, to_wh
from voltkeep.tokens.model import IdTagInfo

# A start that took longer to arrive was kept by the station while it was out of reach.
LATE = timedelta(seconds=30)

UNAUTHORISED = "unauthorised"
CLOCK_WRONG = "clock-wrong"
ODD_CONNECTOR = "odd-connector"


@dataclass(frozen=True, slots=True)
class StartFacts:
    """`keys` and `tokens` go with the asks, in order; `sessions` holds those with the same keys and on the same
    EVSEs, and where asked for those of the same tokens and those that lack their start."""

    keys: Sequence[bytes]
    tokens: Sequence[IdTagInfo]
    sessions: Known


def decide_starts(
    asked: Sequence[StartAsked],
    facts: StartFacts,
    now: datetime,
    draw: Callable[[], int] = draw_transaction_id,
) -> tuple[list[StartOutcome], Changes]:
    """One outcome per ask, in order; two starts for one EVSE or one token are decided together."""
    changes = Changes()
    outcomes = [
        _decide(ask, key, token, facts.sessions, changes, now, draw)
        for ask, key, token in zip(asked, facts.keys, facts.tokens, strict=True)
    ]
    return outcomes, changes


def _decide(
    ask: StartAsked,
    key: bytes,
    token: IdTagInfo,
    known: Known,
    changes: Changes,
    now: datetime,
    draw: Callable[[], int],
) -> StartOutcome:
    first = known.by_key(ask.station_id, key)
    if first is not None and _is_over_by_a_stuck_clock(first, ask):
        key = again_key(key, ask.received_at)
        first = _same_start(known.active_on(ask.station_id, ask.evse), ask)
    if first is not None:
        return _outcome(first, token, is_new=False)
    session = _begun(ask, _concurrent(ask, token, known), key, draw(), now)
    orphan = awaiting_start(known, session)
    if orphan is not None:
        session = joined(orphan, session)
        changes.change(session, "corrected")
        changes.note(Note(session.id, now, "start-arrived"))
    else:
        session = _seated(session, known, changes, now)
    known.put(session)
    return _outcome(session, token, is_new=True)


def _is_over_by_a_stuck_clock(first: Session, ask: StartAsked) -> bool:
    """A clock that can't be right may say the same at every start: what ended properly isn't begun again."""
    is_over = first.state == "ended" and first.ended_by == STATION
    return is_over and not believed(ask.at, ask.received_at)[1]


def _same_start(live: Session | None, ask: StartAsked) -> Session | None:
    is_same = live is not None and live.raw.get("at") == ask.at.isoformat() and live.token_uid == clean(ask.token_uid)
    return live if is_same else None


def _seated(session: Session, known: Known, changes: Changes, now: datetime) -> Session:
    """One EVSE charges one car: the older of two sessions is closed, whichever arrived first."""
    other = known.active_on(session.station_id, session.evse)
    if other is None:
        changes.add(session, "started")
    elif other.started_at > session.started_at and session.received_at - session.started_at > LATE:
        session = closed_by_platform(session, SUPERSEDED, other.started_at)
        changes.add(session, "started", "ended")
        changes.note(_superseded(session, other, now, late=True))
    else:
        closed = closed_by_platform(other, SUPERSEDED, session.started_at)
        known.put(closed)
        changes.change(closed, "ended")
        changes.note(_superseded(closed, session, now, late=False))
        changes.add(session, "started")
    return session


def _superseded(older: Session, newer: Session, now: datetime, *, late: bool) -> Note:
    return Note(older.id, now, SUPERSEDED, {"by": str(newer.id), "late": late})


def _concurrent(ask: StartAsked, token: IdTagInfo, known: Known) -> IdTagInfo:
    if not ask.one_session_a_token or token.status != "Accepted":
        return token
    others = known.charging(ask.organisation_id, clean(ask.token_uid).upper())
    elsewhere = [other for other in others if (other.station_id, other.evse) != (ask.station_id, ask.evse)]
    return replace(token, status="ConcurrentTx") if elsewhere else token


def _begun(ask: StartAsked, token: IdTagInfo, key: bytes, transaction_id: int, now: datetime) -> Session:
    started_at, is_believed = believed(ask.at, ask.received_at)
    meter_start = to_wh(ask.meter_start)
    evse = sane_evse(ask.evse)
    problems = []
    if token.status != "Accepted":
        problems.append(UNAUTHORISED)
    if not is_believed:
        problems.append(CLOCK_WRONG)
    if evse is None:
        problems.append(ODD_CONNECTOR)
    return Session(
        id=new_id(),
        organisation_id=ask.organisation_id,
        station_id=ask.station_id,
        station_no=ask.station_no,
        evse=evse,
        connector=sane_evse(ask.connector),
        transaction_id=str(transaction_id),
        start_key=key,
        token_id=token.token_id,
        token_uid=clean(ask.token_uid),
        authorization_status=token.status,
        state="active",
        started_at=started_at,
        received_at=ask.received_at,
        last_heard_at=now,
        meter_start_wh=meter_start,
        energy_wh=None if meter_start is None else meter_start - meter_start,
        problems=tuple(problems),
        raw=_raw(ask),
    )


def _raw(ask: StartAsked) -> dict[str, Any]:
    raw: dict[str, Any] = {"at": ask.at.isoformat()}
    if ask.meter_start is not None:
        raw["meter_start"] = clean(str(ask.meter_start))[:100]
    if ask.reservation_id is not None:
        raw["reservation_id"] = ask.reservation_id
    return raw


def _outcome(session: Session, token: IdTagInfo, *, is_new: bool) -> StartOutcome:
    status = session.authorization_status
    info = token if token.status == status else _first_answer(session, token)
    return StartOutcome(session.id, int(session.transaction_id), info, is_new)


def _first_answer(session: Session, token: IdTagInfo) -> IdTagInfo:
    """A repeat gets the status that the first one got, though the token changed meanwhile."""
    statuses: dict[str, IdTagInfo] = {
        "Accepted": replace(token, status="Accepted"),
        "Blocked": replace(token, status="Blocked"),
        "Expired": replace(token, status="Expired"),
        "ConcurrentTx": replace(token, status="ConcurrentTx"),
    }
    return statuses.get(session.authorization_status, replace(token, status="Invalid"))
