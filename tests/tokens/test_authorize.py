"""Which tokens may charge: of the station's organisation or one above it, whatever their case."""

from __future__ import annotations

from tests.sessions.makers import NOW, at, make_organisation, make_token

from voltkeep.kit.db import Database
from voltkeep.tokens.actions.authorize import authorize
from voltkeep.tokens.model import AuthorizeAsk


async def test_the_nearest_list_decides(database: Database) -> None:
    async with database.transaction() as tx:
        root = await make_organisation(tx)
        branch = await make_organisation(tx, root)
        sister = await make_organisation(tx, root)
        await make_token(tx, root, "Shared", parent_uid="GROUP")
        await make_token(tx, root, "LOST")
        await make_token(tx, branch, "lost", blocked_at=NOW)
        await make_token(tx, sister, "SISTERS")
        await make_token(tx, branch, "OLD", expires_at=NOW)
        asks = [AuthorizeAsk(branch, uid) for uid in ("sHARED", "LOST", "SISTERS", "OLD", "", "a\0😀", "SHARED")]
        infos = await authorize(tx, [*asks, AuthorizeAsk(root, "LOST")], at(1))
    statuses = [info.status for info in infos]
    assert statuses == ["Accepted", "Blocked", "Invalid", "Expired", "Invalid", "Invalid", "Accepted", "Accepted"]
    assert (infos[0].parent, infos[3].expiry) == ("GROUP", NOW)
    assert infos[2].token_id is None


async def test_nothing_asked_nothing_answered(database: Database) -> None:
    async with database.transaction() as tx:
        assert await authorize(tx, [], NOW) == []
