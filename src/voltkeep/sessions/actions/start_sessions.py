"""Stations say that transactions began."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Unavailable
from voltkeep.sessions import store
from voltkeep.sessions.actions.announce import announce
from voltkeep.sessions.actions.observed import observe_starts
from voltkeep.sessions.model.asked import StartAsked
from voltkeep.sessions.model.keys import draw_transaction_id, start_key
from voltkeep.sessions.model.outcomes import StartOutcome
from voltkeep.sessions.model.starts import StartFacts, decide_starts
from voltkeep.tokens.actions.authorize import authorize
from voltkeep.tokens.model import AuthorizeAsk, IdTagInfo

Draw = Callable[[], int]

# A retry is needed only when another process stored the same thing between our read and our write.
MOST_ROUNDS = 5


async def start_sessions(
    asked: Sequence[StartAsked], *, tx: Tx, now: datetime, draw: Draw = draw_transaction_id
) -> list[StartOutcome]:
    """One outcome per request, in order; a repeat gets the first one's (OCPP 1.6 StartTransaction).

    Raises Unavailable when other processes keep storing the same starts.
    """
    tokens = await authorize(tx, [AuthorizeAsk(ask.organisation_id, ask.token_uid) for ask in asked], now)
    outcomes: dict[int, StartOutcome] = {}
    waiting = list(range(len(asked)))
    for _ in range(MOST_ROUNDS):
        decided = await _round([asked[i] for i in waiting], [tokens[i] for i in waiting], tx, now, draw)
        outcomes |= {i: outcome for i, outcome in zip(waiting, decided, strict=True) if outcome is not None}
        waiting = [i for i in waiting if i not in outcomes]
        if not waiting:
            return [outcomes[i] for i in range(len(asked))]
    raise Unavailable("sessions: the same starts are being stored elsewhere")


async def _round(
    asked: Sequence[StartAsked], tokens: Sequence[IdTagInfo], tx: Tx, now: datetime, draw: Draw
) -> list[StartOutcome | None]:
    keys = [start_key(ask) for ask in asked]
    facts = StartFacts(keys, tokens, await store.facts_for_starts(tx, asked, keys))
    outcomes, changes = decide_starts(asked, facts, now, draw)
    await store.save_changed(tx, changes.changed.values())
    stored = await store.save_started(tx, changes.added.values())
    lost = changes.added.keys() - stored
    if lost:
        changes = replace(
            changes,
            added={i: s for i, s in changes.added.items() if i in stored},
            notes=[note for note in changes.notes if note.session_id not in lost],
        )
    await store.save_notes(tx, changes.notes)
    await observe_starts(tx, changes.added.values(), now)
    await announce(tx, changes, now)
    return [_unless_lost(outcome, lost) for outcome in outcomes]


def _unless_lost(outcome: StartOutcome, lost: set[UUID]) -> StartOutcome | None:
    return None if outcome.session_id in lost else outcome
