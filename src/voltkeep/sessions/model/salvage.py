"""Stops whose start never came: kept as sessions of their own, and joined with the start if it comes after all."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from voltkeep.kit.ids import new_id
from voltkeep.sessions.model.asked import StopAsked
from voltkeep.sessions.model.endings import STATION
from voltkeep.sessions.model.energy import finished
from voltkeep.sessions.model.keys import stop_key
from voltkeep.sessions.model.known import Known
from voltkeep.sessions.model.readings import BEGIN, Reading
from voltkeep.sessions.model.session import Session, clean, to_wh

START_MISSING = "start-missing"


def salvaged(ask: StopAsked, readings: list[Reading], ended_at: datetime, reason: str, now: datetime) -> Session:
    """An ended session made of a stop alone; its transactionData tells the beginning where it is there."""
    key = stop_key(ask)
    registers = [r for r in readings if r.register_wh is not None and r.at <= ended_at]
    first = next((r for r in registers if r.context == BEGIN), registers[0] if registers else None)
    session = Session(
        id=new_id(),
        organisation_id=ask.organisation_id,
        station_id=ask.station_id,
        station_no=ask.station_no,
        evse=None,
        connector=None,
        transaction_id=f"{ask.transaction_id}?{key.hex()[:12]}",
        start_key=key,
        token_id=None,
        token_uid=clean(ask.token_uid) if ask.token_uid else None,
        authorization_status="Unknown",
        state="ended",
        started_at=first.at if first else ended_at,
        received_at=ask.received_at,
        last_heard_at=now,
        meter_start_wh=first.register_wh if first else None,
        ended_by=STATION,
        stop_reason=reason,
        stop_token_uid=clean(ask.token_uid) if ask.token_uid else None,
        problems=(START_MISSING,),
        raw={"transaction_id": ask.transaction_id, "meter_stop": clean(str(ask.meter_stop))[:100]},
    )
    return finished(session, to_wh(ask.meter_stop), readings, ended_at)


def awaiting_start(known: Known, begun: Session) -> Session | None:
    """The salvaged session that this late start began: same token, stopped after it, at no lower a register."""
    fitting = [
        session
        for session in known.of_station(begun.station_id)
        if START_MISSING in session.problems
        and (session.ended_at or begun.started_at) > begun.started_at
        and (session.token_uid or begun.token_uid or "").upper() == (begun.token_uid or "").upper()
        and (session.meter_stop_wh or 0) >= (begun.meter_start_wh or 0)
    ]
    return min(fitting, key=lambda session: session.ended_at or begun.started_at, default=None)


def joined(orphan: Session, begun: Session) -> Session:
    """The salvaged session with the start's own words; the stop's figures stand."""
    session = replace(
        begun,
        id=orphan.id,
        state="ended",
        ended_by=orphan.ended_by,
        stop_reason=orphan.stop_reason,
        stop_token_uid=orphan.stop_token_uid,
        meter_last_wh=orphan.meter_last_wh,
        meter_last_at=orphan.meter_last_at,
        interval_wh=orphan.interval_wh,
        soc_percent=orphan.soc_percent,
        soc_at=orphan.soc_at,
        problems=begun.problems,
        raw=begun.raw | orphan.raw,
    )
    return finished(session, orphan.meter_stop_wh, [], orphan.ended_at or begun.started_at)
