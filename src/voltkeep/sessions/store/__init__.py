"""All SQL over sessions."""

from __future__ import annotations

from voltkeep.sessions.store.facts import facts_for_meters, facts_for_starts, facts_for_stops, interval_facts
from voltkeep.sessions.store.saves import (
    save_changed,
    save_command,
    save_intervals,
    save_metered,
    save_notes,
    save_started,
)

__all__ = [
    "facts_for_meters",
    "facts_for_starts",
    "facts_for_stops",
    "interval_facts",
    "save_changed",
    "save_command",
    "save_intervals",
    "save_metered",
    "save_notes",
    "save_started",
]
