"""Stations send readings: the session's figures and the telemetry in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voltkeep.kit.db import Tx
from voltkeep.profiles.actions.slots import SlotCache
from voltkeep.sessions import store
from voltkeep.sessions.actions.announce import announce
from voltkeep.sessions.actions.readings import record_readings
from voltkeep.sessions.model.asked import MeterAsked
from voltkeep.sessions.model.meters import MeterFacts, decide_meters
from voltkeep.sessions.model.outcomes import MeterOutcome


async def record_meter_values(
    asked: Sequence[MeterAsked], *, tx: Tx, slots: SlotCache, now: datetime
) -> list[MeterOutcome]:
    """One outcome per request, in order. Readings of no session are kept as telemetry; repeats change nothing."""
    known = await store.facts_for_meters(tx, asked)
    intervals = await store.interval_facts(tx, asked, known)
    outcomes, changes, fresh = decide_meters(asked, MeterFacts(sessions=known, intervals=intervals), now)
    await store.save_intervals(tx, fresh)
    await store.save_metered(tx, changes.changed.values())
    await store.save_notes(tx, changes.notes)
    await record_readings(asked, tx=tx, slots=slots, now=now)
    await announce(tx, changes, now)
    return outcomes
