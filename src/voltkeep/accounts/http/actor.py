"""Who a request comes from: the cookie of a browser session, or an API token as Bearer."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request

from voltkeep.accounts.actions.identify import SignedIn, identify_api_token, identify_session
from voltkeep.accounts.model import Actor
from voltkeep.kit import clock
from voltkeep.kit.errors import NotSignedIn, Refusal
from voltkeep.kit.idempotency import claim
from voltkeep.kit.services import Services
from voltkeep.kit.web import ServicesDep, address_of, request_id_of

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
    plain = bearer_of(request)
    if plain is None:
        return (await signed_in(request, services)).actor
    actor = await find_token(request, services, plain)
    if actor is None:
        raise NotSignedIn("This API token isn't valid")
    return actor


def bearer_of(request: Request) -> str | None:
    """The API token that came as Bearer (RFC 6750), or None."""
    scheme, _, plain = request.headers.get("authorization", "").partition(" ")
    return plain.strip() if scheme.lower() == "bearer" else None


async def find_token(request: Request, services: Services, plain: str) -> Actor | None:
    """The actor behind an API token, or None."""
    async with services.database.look() as tx:
        return await identify_api_token(
            tx,
            plain,
            key=services.secret_key,
            now=clock.now(),
            address=address_of(request),
            request_id=request_id_of(request),
        )


async def look_again(request: Request, services: Services) -> tuple[Actor, UUID] | None:
    """The actor of a long request as of now and the id of its session or token; None once its access is gone.

    Looking isn't using: an open stream doesn't keep an idle session alive.
    """
    plain = bearer_of(request)
    if plain is not None:
        actor = await find_token(request, services, plain)
        return (actor, actor.id) if actor is not None and actor.id is not None else None
    found = await find_session(request, services, is_use=False)
    return (found.actor, found.session_id) if found else None


async def signed_in(request: Request, services: ServicesDep) -> SignedIn:
    """The browser session of the request, for what only a person at a browser does. Raises as current_actor does."""
    found = await find_session(request, services)
    if found is None:
        raise NotSignedIn()
    given = request.headers.get("x-csrf-token", "").encode()
    if request.method not in SAFE_METHODS and not secrets.compare_digest(given, found.csrf_token.encode()):
        raise CsrfRefused()
    return found


async def find_session(request: Request, services: Services, *, is_use: bool = True) -> SignedIn | None:
    """The living browser session behind the cookie, or None; its idle end moves only with use."""
    plain = request.cookies.get(COOKIE)
    if not plain:
        return None
    async with services.database.look() as tx:
        return await identify_session(
            tx,
            plain,
            key=services.secret_key,
            idle=timedelta(hours=services.settings.cookie_hours) if is_use else None,
            now=clock.now(),
            address=address_of(request),
            request_id=request_id_of(request),
        )


ActorDep = Annotated[Actor, Depends(current_actor)]
SignedInDep = Annotated[SignedIn, Depends(signed_in)]
