"""Rules for readings that come while, before or after a session is known."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from voltkeep.sessions.model.asked import MeterAsked
from voltkeep.sessions.model.changes import Changes
from voltkeep.sessions.model.endings import STOP_MISSING, SUPERSEDED, is_open_to_correction
from voltkeep.sessions.model.energy import settled, with_interval_sum, with_reading
from voltkeep.sessions.model.known import Known
from voltkeep.sessions.model.outcomes import MeterOutcome
from voltkeep.sessions.model.readings import CLOCK, Reading, fold
from voltkeep.sessions.model.session import Note, Session, believed
from voltkeep.sessions.model.stops import is_nameless

# Screens hear of a session's figures once in such a span.
NOTICE_SPAN_S = 2


@dataclass(slots=True)
class IntervalFacts:
    """Intervals that a session has: those among the asked instants, and the sum of each kind."""

    seen: set[tuple[str, datetime]] = field(default_factory=set)
    sums: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interval:
    """Energy of one interval; `kind` keeps clock-aligned and periodic ones apart, for they overlap."""

    session_id: UUID
    kind: str
    at: datetime
    energy_wh: Decimal


@dataclass(frozen=True, slots=True)
class MeterFacts:
    """Sessions that the asks may belong to, and what is known of their intervals."""

    sessions: Known
    intervals: Mapping[UUID, IntervalFacts] = field(default_factory=dict)


def decide_meters(
    asked: Sequence[MeterAsked], facts: MeterFacts, now: datetime
) -> tuple[list[MeterOutcome], Changes, list[Interval]]:
    """One outcome per ask, in order, with the intervals that weren't known before."""
    changes, fresh = Changes(), list[Interval]()
    outcomes = [_decide(ask, facts, changes, fresh, now) for ask in asked]
    return outcomes, changes, fresh


def session_of(ask: MeterAsked, known: Known) -> Session | None:
    """By transaction; readings that name none go to the live session of their EVSE."""
    if ask.transaction_id is not None and not is_nameless(ask.transaction_id):
        return known.by_transaction(ask.station_id, str(ask.transaction_id))
    return known.active_on(ask.station_id, ask.evse) if ask.evse > 0 else None


def _decide(ask: MeterAsked, facts: MeterFacts, changes: Changes, fresh: list[Interval], now: datetime) -> MeterOutcome:
    known = session_of(ask, facts.sessions)
    if known is None:
        return MeterOutcome(None)
    readings = [_believed(reading, ask.received_at) for reading in fold(ask.samples)]
    session = known
    for reading in readings:
        session = _with(session, reading, facts, fresh)
    session = _reopened(session, readings, facts.sessions, changes, now)
    if session.state == "ended":
        session = replace(session, power_w=None)
    session = replace(session, last_heard_at=max(now, known.last_heard_at))
    _tell(known, session, changes, now)
    facts.sessions.put(session)
    return MeterOutcome(session.id)


def _with(session: Session, reading: Reading, facts: MeterFacts, fresh: list[Interval]) -> Session:
    if session.state == "ended" and not is_open_to_correction(session):
        if session.ended_at is None or reading.at > session.ended_at:
            return session
        # A late reading may fill in what the stop left open; a stop that was sound settles the energy as it did.
        return settled(_advanced(session, reading, facts, fresh), session.ended_at)
    return _advanced(session, reading, facts, fresh)


def _advanced(session: Session, reading: Reading, facts: MeterFacts, fresh: list[Interval]) -> Session:
    session = with_reading(session, reading)
    return session if reading.interval_wh is None else _with_interval(session, reading, facts, fresh)


def _with_interval(session: Session, reading: Reading, facts: MeterFacts, fresh: list[Interval]) -> Session:
    intervals = facts.intervals.get(session.id)
    kind = "clock" if reading.context == CLOCK else "periodic"
    wh = reading.interval_wh
    if intervals is None or wh is None or wh < 0 or (kind, reading.at) in intervals.seen:
        return session
    intervals.seen.add((kind, reading.at))
    intervals.sums[kind] = intervals.sums.get(kind, Decimal(0)) + wh
    fresh.append(Interval(session.id, kind, reading.at, wh))
    return with_interval_sum(session, max(intervals.sums.values()))


def _reopened(session: Session, readings: list[Reading], known: Known, changes: Changes, now: datetime) -> Session:
    """A session closed by a guess that still meters is alive, unless its EVSE charges another by now."""
    if not is_open_to_correction(session) or session.stop_reason == SUPERSEDED:
        return session
    last = max((reading.at for reading in readings), default=None)
    if last is None or session.ended_at is None or last <= session.ended_at:
        return session
    if known.active_on(session.station_id, session.evse) is not None:
        return session
    changes.note(Note(session.id, now, "reopened", {"was": session.stop_reason}))
    problems = tuple(problem for problem in session.problems if problem != STOP_MISSING)
    return replace(session, state="active", ended_at=None, ended_by=None, stop_reason=None, problems=problems)


def _tell(before: Session, after: Session, changes: Changes, now: datetime) -> None:
    for problem in set(after.problems) - set(before.problems):
        changes.note(Note(after.id, now, problem, {"meter_last_wh": str(after.meter_last_wh)}))
    if before.state == "ended":
        is_other = after.state != "ended" or after.energy_wh != before.energy_wh
        changes.change(after, *(("corrected",) if is_other else ()))
    elif _span(now) != _span(before.last_heard_at):
        changes.change(after, "metered")
    else:
        changes.change(after)


def _span(at: datetime) -> int:
    return int(at.timestamp()) // NOTICE_SPAN_S


def _believed(reading: Reading, received_at: datetime) -> Reading:
    """A reading whose time can't be right counts from its arrival; its interval is left out, as a repeat would
    count twice."""
    at, is_believed = believed(reading.at, received_at)
    return reading if is_believed else dataclasses.replace(reading, at=at, interval_wh=None)
