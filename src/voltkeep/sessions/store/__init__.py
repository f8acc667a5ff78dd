"""All SQL over sessions."""

from __future__ import annotations

from voltkeep.sessions.store.facts import facts_for_meters, facts_for_starts, facts_for_stops, interval_facts
from voltkeep.sessions.store.lists import overview, page_of_sessions, session_in_scope, time_zone_of
from voltkeep.sessions.store.places import evses_of, live_at, live_on
from voltkeep.sessions.store.saves import (
    save_changed,
    save_command,
    save_ended,
    save_intervals,
    save_metered,
    save_notes,
    save_started,
)
from voltkeep.sessions.store.timeline import commands_around, notes_of, statuses_around
from voltkeep.sessions.store.watch import doubtful_sessions, live_sessions, noted

__all__ = [
    "commands_around",
    "doubtful_sessions",
    "evses_of",
    "facts_for_meters",
    "facts_for_starts",
    "facts_for_stops",
    "interval_facts",
    "live_at",
    "live_on",
    "live_sessions",
    "noted",
    "notes_of",
    "overview",
    "page_of_sessions",
    "save_changed",
    "save_command",
    "save_ended",
    "save_intervals",
    "save_metered",
    "save_notes",
    "save_started",
    "session_in_scope",
    "statuses_around",
    "time_zone_of",
]
