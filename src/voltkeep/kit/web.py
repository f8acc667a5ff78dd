"""What every handler needs from the web: the services at hand, request ids, If-Match, clean operation ids."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, cast

import structlog
from fastapi import Depends, Header, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voltkeep.kit.errors import Invalid
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services

REQUEST_ID: Final = "x-request-id"
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_REVISION = re.compile(r'(?:W/)?"?(\d{1,9})"?')


async def services(request: Request) -> Services:
    """The services of the process that answers; async, since FastAPI takes others to a thread and back."""
    return cast(Services, request.app.state.services)


ServicesDep = Annotated[Services, Depends(services)]


def request_id_of(request: Request) -> str:
    """The id that the answer's X-Request-Id carries."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def address_of(request: Request) -> str | None:
    """The caller's address; behind a trusted proxy, the one it named."""
    return request.client.host if request.client else None


def etag(revision: int) -> str:
    """The ETag of a revision."""
    return f'"{revision}"'


async def if_match(value: Annotated[str | None, Header(alias="If-Match")] = None) -> int | None:
    """The revision that an edit is based on; None when none was named, or `*`. Raises Invalid."""
    if value is None or value == "*":
        return None
    found = _REVISION.fullmatch(value)
    if found is None:
        raise Invalid("If-Match must be the ETag of the object", field="If-Match")
    return int(found.group(1))


IfMatch = Annotated[int | None, Depends(if_match)]


def operation_id(route: Any) -> str:
    """The handler's own name: the name of the call in the typed client."""
    return str(route.name)


class RequestIds:
    """Middleware: an id for each request, taken from the caller or made, in the logs and in the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _GIVEN_ID.fullmatch(given) else new_id().hex
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self.app(scope, receive, send_with_id)
