"""Sessions' words and rules: pure, each decision sees its whole batch."""

from __future__ import annotations

from voltkeep.sessions.model.asked import MeterAsked, Sample, StartAsked, StopAsked
from voltkeep.sessions.model.changes import Changes
from voltkeep.sessions.model.outcomes import MeterOutcome, StartOutcome, StopOutcome
from voltkeep.sessions.model.session import Note, Session

__all__ = [
    "Changes",
    "MeterAsked",
    "MeterOutcome",
    "Note",
    "Sample",
    "Session",
    "StartAsked",
    "StartOutcome",
    "StopAsked",
    "StopOutcome",
]
