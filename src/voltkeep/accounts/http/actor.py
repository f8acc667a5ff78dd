"""Who a request comes from: the cookie of a browser session, or an API token as Bearer."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated, Final

from fastapi import Depends, Request

from voltkeep.accounts.actions.identify import SignedIn, identify_api_token, identify_session
from voltkeep.accounts.model import Actor
from voltkeep.kit import clock
from voltkeep.kit.errors import NotSignedIn, Refusal
from voltkeep.kit.idempotency import claim
from voltkeep.kit.web import Services, ServicesDep, address_of, request_id_of

COOKIE: Final = "voltkeep_session"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfRefused(Refusal):
    """A cookie came without the session's token: the request may have been made by a foreign page."""

    status = 403
    code = "csrf"
    title = "X-CSRF-Token is missing or wrong"


async def current_actor(request: Request, services: ServicesDep) -> Actor:
    """The actor of the request. Raises NotSignedIn, or CsrfRefused for an unsafe method with the cookie alone.

    A request with an Idempotency-Key is claimed here, since the key belongs to its actor.
    """
    actor = await _actor(request, services)
    if actor.id is not None:
        await claim(request, services.database, actor.id, clock.now())
    return actor


async def _actor(request: Request, services: Services) -> Actor:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await _token_actor(request, services, bearer.strip())
    return (await signed_in(request, services)).actor


async def _token_actor(request: Request, services: Services, plain: str) -> Actor:
    async with services.database.transaction() as tx:
        actor = await identify_api_token(
            tx,
            plain,
            key=services.secret_key,
            now=clock.now(),
            address=address_of(request),
            request_id=request_id_of(request),
        )
    if actor is None:
        raise NotSignedIn("This API token isn't valid")
    return actor


async def signed_in(request: Request, services: ServicesDep) -> SignedIn:
    """The browser session of the request, for what only a person at a browser does. Raises as current_actor does."""
    found = await find_session(request, services)
    if found is None:
        raise NotSignedIn()
    given = request.headers.get("x-csrf-token", "").encode()
    if request.method not in SAFE_METHODS and not secrets.compare_digest(given, found.csrf_token.encode()):
        raise CsrfRefused()
    return found


async def find_session(request: Request, services: Services) -> SignedIn | None:
    """The living browser session behind the cookie, or None."""
    plain = request.cookies.get(COOKIE)
    if not plain:
        return None
    async with services.database.transaction() as tx:
        return await identify_session(
            tx,
            plain,
            key=services.secret_key,
            idle=timedelta(hours=services.settings.cookie_hours),
            now=clock.now(),
            address=address_of(request),
            request_id=request_id_of(request),
        )


ActorDep = Annotated[Actor, Depends(current_actor)]
SignedInDep = Annotated[SignedIn, Depends(signed_in)]
