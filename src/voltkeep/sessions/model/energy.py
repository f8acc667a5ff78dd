"""A session's energy: the register's gain since the start, or the sum of intervals; never negative, never lowered."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from voltkeep.sessions.model.readings import BEGIN, END, Reading
from voltkeep.sessions.model.session import Session, with_problem

# More than any charging system delivers (MCS reaches 3.75 MW), so a reading beyond it is a fault of the meter.
MOST_POWER_W = Decimal(4_000_000)
LEAST_SPAN = timedelta(minutes=15)

BACKWARDS = "meter-backwards"
IMPLAUSIBLE = "meter-implausible"
ESTIMATED = "meter-start-estimated"

ZERO = Decimal(0)


def with_reading(session: Session, reading: Reading) -> Session:
    """The session after one reading, whichever order readings come in; a repeated reading changes nothing."""
    if reading.register_wh is not None:
        session = _with_register(session, reading.register_wh, reading.at, reading.context)
    if reading.power_w is not None and _is_newer(reading.at, session.power_at):
        session = replace(session, power_w=float(reading.power_w), power_at=reading.at)
    if reading.soc_percent is not None and _is_newer(reading.at, session.soc_at):
        session = replace(session, soc_percent=float(reading.soc_percent), soc_at=reading.at)
    return session


def with_interval_sum(session: Session, interval_wh: Decimal) -> Session:
    """The session once its intervals add up to `interval_wh`; a register that moved is believed first."""
    gained = register_energy(session)
    session = replace(session, interval_wh=interval_wh)
    return replace(session, energy_wh=_best(gained, interval_wh))


def finished(session: Session, stop_wh: Decimal | None, readings: list[Reading], ended_at: datetime) -> Session:
    """The session with its last register. Where `stop_wh` is missing, or 0 by habit, Transaction.End says it."""
    for reading in readings:
        session = with_reading(session, reading)
    said = next((r.register_wh for r in reversed(readings) if r.context == END and r.register_wh is not None), None)
    if not stop_wh and said is not None:
        stop_wh = said
    session = replace(session, meter_stop_wh=stop_wh, power_w=None, ended_at=ended_at)
    return settled(session, ended_at)


def settled(session: Session, ended_at: datetime) -> Session:
    """The energy between start and stop; by samples where the stop can't be right. Doing it again changes nothing."""
    stop_wh = session.meter_stop_wh
    if stop_wh is None or session.meter_start_wh is None:
        return replace(session, energy_wh=_by_samples(session))
    gain = stop_wh - session.meter_start_wh
    if fault := _fault_of(gain, session, ended_at):
        problems = with_problem(session.problems, fault)
        return replace(session, energy_wh=_by_samples(session), problems=problems)
    gained = register_energy(session) or ZERO
    if gain < gained:
        session = replace(session, problems=with_problem(session.problems, BACKWARDS))
    return replace(session, energy_wh=_best(max(gain, gained), session.interval_wh))


def closed_without_stop(session: Session) -> Session:
    """The energy of a session whose stop never came: by its samples, unknown without any."""
    return replace(session, energy_wh=_by_samples(session), power_w=None)


def register_energy(session: Session) -> Decimal | None:
    """What the register alone gained so far, or None."""
    if session.interval_wh > 0 and session.energy_wh == session.interval_wh:
        return None
    return session.energy_wh


def is_plausible(gain_wh: Decimal, span: timedelta) -> bool:
    """Whether so much can have been charged in that time."""
    hours = Decimal(max(span, LEAST_SPAN).total_seconds()) / 3600
    return gain_wh <= MOST_POWER_W * hours


def _with_register(session: Session, wh: Decimal, at: datetime, context: str) -> Session:
    if context == BEGIN and (not session.meter_start_wh or ESTIMATED in session.problems):
        return _rebased(_as_last(session, wh, at), wh)
    if at < session.started_at:
        return session
    start = session.meter_start_wh
    if start is None or (ESTIMATED in session.problems and ZERO <= wh < start):
        return _as_last(_estimated(session, wh), wh, at)
    if not is_plausible(wh - start, at - session.started_at):
        # A start of 0 is a habit of stations that don't read their meter in time; the first reading tells then.
        if start == 0 and not register_energy(session):
            return _as_last(_estimated(session, wh), wh, at)
        return replace(session, problems=with_problem(session.problems, IMPLAUSIBLE))
    return _gained(_as_last(session, wh, at), wh - start)


def _gained(session: Session, gain: Decimal) -> Session:
    if gain < 0:
        session = replace(session, problems=with_problem(session.problems, BACKWARDS))
    gained = max(register_energy(session) or ZERO, gain, ZERO)
    return replace(session, energy_wh=_best(gained, session.interval_wh))


def _as_last(session: Session, wh: Decimal, at: datetime) -> Session:
    known_wh, known_at = session.meter_last_wh, session.meter_last_at
    if known_wh is None or known_at is None:
        return replace(session, meter_last_wh=wh, meter_last_at=at)
    if at == known_at:
        return replace(session, meter_last_wh=max(wh, known_wh))
    if (at > known_at) == (wh < known_wh) and wh != known_wh:
        session = replace(session, problems=with_problem(session.problems, BACKWARDS))
    return replace(session, meter_last_wh=wh, meter_last_at=at) if at > known_at else session


def _rebased(session: Session, start: Decimal) -> Session:
    """The session with a better start; what it reached stays where it was."""
    old, gained = session.meter_start_wh or ZERO, register_energy(session)
    reached = old + gained if gained else session.meter_last_wh or start
    problems = tuple(problem for problem in session.problems if problem != ESTIMATED)
    session = replace(session, meter_start_wh=start, problems=problems)
    return replace(session, energy_wh=_best(max(ZERO, reached - start), session.interval_wh))


def _estimated(session: Session, start: Decimal) -> Session:
    session = _rebased(session, start)
    return replace(session, problems=with_problem(session.problems, ESTIMATED))


def _fault_of(gain: Decimal, session: Session, ended_at: datetime) -> str | None:
    if gain < 0:
        return BACKWARDS
    return None if is_plausible(gain, ended_at - session.started_at) else IMPLAUSIBLE


def _by_samples(session: Session) -> Decimal | None:
    if session.interval_wh == 0 and session.meter_last_at is None:
        return None
    return _best(register_energy(session), session.interval_wh)


def _best(gained: Decimal | None, interval_wh: Decimal) -> Decimal | None:
    return gained if gained or not interval_wh else interval_wh


def _is_newer(at: datetime, known: datetime | None) -> bool:
    return known is None or at > known
