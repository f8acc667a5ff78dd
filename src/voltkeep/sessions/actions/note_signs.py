"""Signs that a live session may be over; `close_zombies` decides once the station had time to send its stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.sessions import store
from voltkeep.sessions.model.session import Note
from voltkeep.sessions.model.zombies import IDLE

BOOTED = "station-booted"
IDLE_NOTED = "connector-idle"


@dataclass(frozen=True, slots=True)
class ConnectorSign:
    """A connector's status, in Voltkeep's words, at the device's time."""

    station_id: UUID
    evse: int
    status: str
    at: datetime


async def reconcile_after_boots(tx: Tx, station_ids: Sequence[UUID], now: datetime) -> int:
    """Note, once a session, that its station booted in mid-charge. OCPP 1.6 stations may go on charging after it, so
    nothing is closed here. How many sessions were noted; three statements at most, however many stations."""
    live = await store.live_sessions(tx, station_ids)
    known = await store.noted(tx, [session.id for session in live], BOOTED) if live else set()
    notes = [Note(session.id, now, BOOTED) for session in live if session.id not in known]
    await store.save_notes(tx, notes)
    return len(notes)


async def note_connector_status(tx: Tx, signs: Sequence[ConnectorSign], now: datetime) -> int:
    """Note, once a session, that its connector says it is idle; how many sessions were noted."""
    idle = {(sign.station_id, sign.evse): sign for sign in signs if sign.status in IDLE and sign.evse > 0}
    if not idle:
        return 0
    live = await store.live_sessions(tx, [station_id for station_id, _ in idle])
    known = await store.noted(tx, [session.id for session in live], IDLE_NOTED)
    notes = []
    for session in live:
        sign = idle.get((session.station_id, session.evse or 0))
        if sign is not None and sign.at > session.started_at and session.id not in known:
            notes.append(Note(session.id, now, IDLE_NOTED, {"status": sign.status, "at": sign.at.isoformat()}))
    await store.save_notes(tx, notes)
    return len(notes)
