"""Rules for transactions that end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from voltkeep.sessions.model.asked import StopAsked
from voltkeep.sessions.model.changes import Changes
from voltkeep.sessions.model.endings import STATION, STOP_MISSING, is_open_to_correction
from voltkeep.sessions.model.energy import finished
from voltkeep.sessions.model.keys import stop_key
from voltkeep.sessions.model.known import Known
from voltkeep.sessions.model.outcomes import StopOutcome
from voltkeep.sessions.model.readings import Reading, fold
from voltkeep.sessions.model.salvage import START_MISSING, salvaged
from voltkeep.sessions.model.session import Note, Session, believed, clean, to_wh, with_problem
from voltkeep.tokens.model import IdTagInfo

# OCPP 1.6, StopTransaction.req: "The reason may only be omitted when the value is Local".
DEFAULT_REASON = "Local"


@dataclass(frozen=True, slots=True)
class StopFacts:
    """`tokens` answers each ask that names one; `sessions` holds those the asks may speak of."""

    tokens: Sequence[IdTagInfo | None]
    sessions: Known


def decide_stops(asked: Sequence[StopAsked], facts: StopFacts, now: datetime) -> tuple[list[StopOutcome], Changes]:
    """One outcome per ask, in order. A repeat changes nothing; an unknown transaction becomes an ended session."""
    changes = Changes()
    outcomes = [
        _decide(ask, token, facts.sessions, changes, now) for ask, token in zip(asked, facts.tokens, strict=True)
    ]
    return outcomes, changes


def is_nameless(transaction_id: int | None) -> bool:
    """Stations that never learnt the transaction's id send 0 or -1."""
    return transaction_id is None or transaction_id <= 0


def _decide(ask: StopAsked, token: IdTagInfo | None, known: Known, changes: Changes, now: datetime) -> StopOutcome:
    at, _ = believed(ask.at, ask.received_at)
    session = _meant(ask, at, known)
    readings = fold(ask.samples)
    reason = clean(ask.reason) if ask.reason else DEFAULT_REASON
    if session is None:
        session = salvaged(ask, readings, at, reason, now)
        changes.add(session, "ended")
        changes.note(Note(session.id, now, START_MISSING, {"transaction_id": ask.transaction_id}))
    elif session.state == "ended" and not is_open_to_correction(session):
        return StopOutcome(session.id, token, is_new=False, evse=session.evse)
    else:
        session = _ended(session, ask, at, readings, reason, changes, now)
    known.put(session)
    return StopOutcome(session.id, token, is_new=True, evse=session.evse)


def _ended(
    session: Session,
    ask: StopAsked,
    at: datetime,
    readings: list[Reading],
    reason: str,
    changes: Changes,
    now: datetime,
) -> Session:
    if session.state == "ended":
        changes.note(Note(session.id, now, "late-stop", {"was": session.stop_reason, "ended_at": _text(session)}))
    ended = _finished(session, ask, at, readings)
    ended = replace(
        ended,
        state="ended",
        ended_by=STATION,
        stop_reason=reason,
        stop_token_uid=clean(ask.token_uid) if ask.token_uid else None,
        last_heard_at=max(now, session.last_heard_at),
        raw=session.raw | {"meter_stop": clean(str(ask.meter_stop))[:100], "stop_at": ask.at.isoformat()},
    )
    changes.change(ended, "ended" if session.state == "active" else "corrected")
    for problem in set(ended.problems) - set(session.problems):
        changes.note(Note(ended.id, now, problem, {"meter_stop": clean(str(ask.meter_stop))[:100]}))
    return ended


def _finished(session: Session, ask: StopAsked, at: datetime, readings: list[Reading]) -> Session:
    problems = tuple(problem for problem in session.problems if problem != STOP_MISSING)
    if not believed(ask.at, ask.received_at)[1]:
        problems = with_problem(problems, "clock-wrong")
    if at < session.started_at:
        problems = with_problem(problems, "times-backwards")
    session = replace(session, problems=problems)
    return finished(session, to_wh(ask.meter_stop), readings, max(at, session.started_at))


def _meant(ask: StopAsked, at: datetime, known: Known) -> Session | None:
    """The session that a stop speaks of: by its id, by its content, or for a nameless one by token and time."""
    if not is_nameless(ask.transaction_id):
        session = known.by_transaction(ask.station_id, str(ask.transaction_id))
        if session is not None:
            return session
    return (
        known.by_key(ask.station_id, stop_key(ask))
        or _stopped_the_same(ask, at, known)
        or (_likely(ask, at, known) if is_nameless(ask.transaction_id) else None)
    )


def _stopped_the_same(ask: StopAsked, at: datetime, known: Known) -> Session | None:
    """A repeat of a stop that went to a session by token and time, or that its start joined since."""
    said = (at, to_wh(ask.meter_stop), (ask.token_uid or "").upper())
    for session in known.of_station(ask.station_id):
        kept = (session.ended_at, session.meter_stop_wh, (session.stop_token_uid or "").upper())
        if session.ended_by == STATION and START_MISSING not in session.problems and kept == said:
            return session
    return None


def _likely(ask: StopAsked, at: datetime, known: Known) -> Session | None:
    """Live sessions first, then those closed by a guess; of the same token if there are several."""
    begun = [session for session in known.of_station(ask.station_id) if session.started_at <= at]
    active = [session for session in begun if session.state == "active"]
    if len(active) == 1:
        return active[0]
    token = (ask.token_uid or "").upper()
    same = [session for session in begun if token and (session.token_uid or "").upper() == token]
    for candidates in ([s for s in same if s.state == "active"], [s for s in same if is_open_to_correction(s)]):
        if candidates:
            return max(candidates, key=lambda session: session.started_at)
    return None


def _text(session: Session) -> str | None:
    return session.ended_at.isoformat() if session.ended_at else None
