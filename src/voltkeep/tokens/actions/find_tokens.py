"""Pages of the list of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx
from voltkeep.kit.paging import place_in, to_cursor
from voltkeep.tokens import store
from voltkeep.tokens.actions.keep_tokens import VIEW
from voltkeep.tokens.model import Token

TokenState = Literal["valid", "blocked", "expired"]


@dataclass(frozen=True, slots=True)
class TokenFilter:
    """`search` is part of a uid or label."""

    search: str | None = None
    state: TokenState | None = None
    cursor: str | None = None
    limit: int = 100


async def find_tokens(tx: Tx, actor: Actor, wanted: TokenFilter, *, now: datetime) -> tuple[list[Token], str | None]:
    """A page in the order of uids, and the cursor of the next. Raises NotPermitted, Invalid."""
    require_anywhere(actor, VIEW)
    scope = scope_sql(actor, VIEW, organisation="t.organisation_id")
    after = place_in(wanted.cursor, str, UUID)
    tokens = await store.page_of_tokens(
        tx, scope, search=wanted.search, state=wanted.state, after=after, limit=wanted.limit + 1, now=now
    )
    page = tokens[: wanted.limit]
    more = len(tokens) > wanted.limit
    return page, to_cursor(page[-1].uid.upper(), page[-1].id) if more else None
