"""Sign-in and sign-out with a cookie."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from voltkeep.accounts.actions.sign_in import SignInAsked, sign_in
from voltkeep.accounts.actions.sign_out import sign_out
from voltkeep.accounts.http.actor import COOKIE, SignedInDep
from voltkeep.kit import clock
from voltkeep.kit.settings import Settings
from voltkeep.kit.web import ServicesDep, address_of, request_id_of

router = APIRouter(tags=["accounts"])
REVOKED: Final = "access.revoked"


class Credentials(BaseModel):
    """What a person types."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]
    password: str = Field(min_length=1, max_length=200)


class SignInResult(BaseModel):
    """The token that unsafe requests carry in X-CSRF-Token."""

    csrf_token: str


@router.post("/sign-in")
async def sign_in_with_password(
    credentials: Credentials, request: Request, response: Response, services: ServicesDep
) -> SignInResult:
    """Begin a browser session; the cookie is HttpOnly. 401 for a wrong pair, 429 with Retry-After while delayed."""
    session = await sign_in(
        services.database,
        SignInAsked(
            email=credentials.email,
            password=credentials.password,
            address=address_of(request),
            user_agent=request.headers.get("user-agent"),
            request_id=request_id_of(request),
        ),
        key=services.secret_key,
        idle=timedelta(hours=services.settings.cookie_hours),
        now=clock.now(),
    )
    response.set_cookie(
        COOKIE, session.plain, httponly=True, samesite="lax", path="/", secure=is_secure(services.settings)
    )
    return SignInResult(csrf_token=session.csrf_token)


@router.post("/sign-out", status_code=204)
async def sign_out_of_browser(response: Response, signed_in: SignedInDep, services: ServicesDep) -> None:
    """End this browser session; its live stream closes too."""
    async with services.database.transaction() as tx:
        await sign_out(tx, signed_in, now=clock.now())
    await services.bus.tell(REVOKED, {"ids": [str(signed_in.session_id)]})
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=is_secure(services.settings))


def is_secure(settings: Settings) -> bool:
    """Whether browsers reach the panel over TLS, so that the cookie may demand it."""
    return (settings.public_url or "").startswith("https://")
