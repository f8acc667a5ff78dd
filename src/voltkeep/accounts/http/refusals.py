"""A 403 says who can grant what is missing."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from voltkeep.accounts.actions.people import granters_of
from voltkeep.accounts.actions.require import LacksPermission
from voltkeep.kit.problems import answer_refusal
from voltkeep.kit.services import Services


async def answer_lacking(request: Request, error: Exception) -> Response:
    """The exception handler of LacksPermission: looks up the granters, once the refusal is certain."""
    assert isinstance(error, LacksPermission)  # noqa: S101  registered for it alone
    services: Services = request.app.state.services
    if error.organisation_id is None:
        return answer_refusal(request, error)
    async with services.database.transaction() as tx:
        granters = await granters_of(tx, error.organisation_id)
    return answer_refusal(request, LacksPermission(error.permission, error.organisation_id, granters=granters))
