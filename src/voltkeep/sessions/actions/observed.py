"""Tells commands what became of them: the transaction that a start or stop command asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from voltkeep.commands.actions.observe import observe_all, stations_asked
from voltkeep.commands.model import Sighting
from voltkeep.kit.db import Tx
from voltkeep.sessions import store
from voltkeep.sessions.model.session import Session


async def observe_starts(tx: Tx, sessions: Collection[Session], now: datetime) -> None:
    """Match new sessions with start commands for their station, EVSE and token; the session keeps the command's id."""
    begun = await _asked_for(tx, [s for s in sessions if s.token_uid and s.state == "active"], now)
    if not begun:
        return
    sightings = [Sighting(s.station_id, "start", s.evse, {"token": s.token_uid}) for s in begun]
    found = await observe_all(tx, sightings, now)
    started = {s.id: command for s, command in zip(begun, found, strict=True) if command is not None}
    if started:
        await store.save_command(tx, started)


async def observe_stops(tx: Tx, sessions: Collection[Session], now: datetime) -> None:
    """Match ended sessions with stop commands for their transaction."""
    ended = await _asked_for(tx, [s for s in sessions if s.state == "ended" and s.transaction_id.isdigit()], now)
    if ended:
        sightings = [Sighting(s.station_id, "stop", None, {"transaction_id": int(s.transaction_id)}) for s in ended]
        await observe_all(tx, sightings, now)


async def _asked_for(tx: Tx, sessions: list[Session], now: datetime) -> list[Session]:
    """Those whose station has a command that may still be observed: on most days none."""
    if not sessions:
        return []
    asked = await stations_asked(tx, {session.station_id for session in sessions}, now)
    return [session for session in sessions if session.station_id in asked]
