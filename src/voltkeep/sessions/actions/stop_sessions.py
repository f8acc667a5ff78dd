"""Stations say that transactions ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voltkeep.kit.db import Tx
from voltkeep.sessions import store
from voltkeep.sessions.actions.announce import announce
from voltkeep.sessions.actions.observed import observe_stops
from voltkeep.sessions.model.asked import StopAsked
from voltkeep.sessions.model.outcomes import StopOutcome
from voltkeep.sessions.model.stops import StopFacts, decide_stops
from voltkeep.tokens.actions.authorize import authorize
from voltkeep.tokens.model import AuthorizeAsk, IdTagInfo


async def stop_sessions(asked: Sequence[StopAsked], *, tx: Tx, now: datetime) -> list[StopOutcome]:
    """One outcome per request, in order. An unknown transaction is salvaged and answered, since stations retry
    for ever (OCPP 1.6 StopTransaction)."""
    tokens = await _tokens_of(asked, tx, now)
    known = await store.facts_for_stops(tx, asked)
    outcomes, changes = decide_stops(asked, StopFacts(tokens=tokens, sessions=known), now)
    await store.save_ended(tx, changes.changed.values())
    await store.save_started(tx, changes.added.values())
    await store.save_notes(tx, changes.notes)
    await observe_stops(tx, changes.changed.values(), now)
    await announce(tx, changes, now)
    return outcomes


async def _tokens_of(asked: Sequence[StopAsked], tx: Tx, now: datetime) -> list[IdTagInfo | None]:
    asks = [AuthorizeAsk(ask.organisation_id, ask.token_uid) for ask in asked if ask.token_uid]
    found = iter(await authorize(tx, asks, now) if asks else [])
    return [next(found) if ask.token_uid else None for ask in asked]
