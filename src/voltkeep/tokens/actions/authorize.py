"""May these tokens charge?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voltkeep.kit.db import Tx
from voltkeep.tokens import store
from voltkeep.tokens.model import UNKNOWN, AuthorizeAsk, IdTagInfo, judge, token_key


async def authorize(tx: Tx, asks: Sequence[AuthorizeAsk], now: datetime) -> list[IdTagInfo]:
    """One answer per ask, in order: the list of the station's organisation first, then those above it."""
    keys = [(ask.organisation_id, token_key(ask.uid)) for ask in asks]
    found = await store.nearest_tokens(tx, set(keys))
    return [judge(found[key], now) if key in found else UNKNOWN for key in keys]
