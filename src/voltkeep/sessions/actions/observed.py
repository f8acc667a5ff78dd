"""Tells commands what became of them: the transaction that a start or stop command asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from voltkeep.commands.actions.observe import observe_all
from voltkeep.commands.model import Sighting
from voltkeep.kit.db import Tx
from voltkeep.sessions import store
from voltkeep.sessions.model.session import Session


async def observe_starts(tx: Tx, sessions: Collection[Session], now: datetime) -> None:
    """Match new sessions with start commands for their station, EVSE and token; the session keeps the command's id."""
    begun = [session for session in sessions if session.token_uid and session.state == "active"]
    sightings = [Sighting(session.station_id, "start", session.evse, {"token": session.token_uid}) for session in begun]
    found = await observe_all(tx, sightings, now)
    started = {s.id: command for s, command in zip(begun, found, strict=True) if command is not None}
    if started:
        await store.save_command(tx, started)


async def observe_stops(tx: Tx, sessions: Collection[Session], now: datetime) -> None:
    """Match ended sessions with stop commands for their transaction."""
    ended = [session for session in sessions if session.state == "ended" and session.transaction_id.isdigit()]
    sightings = [Sighting(s.station_id, "stop", None, {"transaction_id": int(s.transaction_id)}) for s in ended]
    await observe_all(tx, sightings, now)
