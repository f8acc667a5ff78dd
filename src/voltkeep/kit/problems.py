"""Every refusal and fault as `application/problem+json` (RFC 9457) with the request's id."""

from __future__ import annotations

from typing import Any, Final

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voltkeep.kit.db import is_passing_fault, is_unfit_value
from voltkeep.kit.errors import Invalid, Refusal, Unavailable
from voltkeep.kit.idempotency import Replay, nothing_done, replayed
from voltkeep.kit.web import request_id_of

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_S: Final = 5

log = structlog.get_logger()


class FieldError(BaseModel):
    """What is wrong with one field; `field` is its path in the request (`arguments.connector`)."""

    field: str
    message: str


class Problem(BaseModel):
    """A refusal or a fault; `type` is `urn:voltkeep:problem:<code>`, `arguments` are the facts for the words."""

    type: str
    title: str
    status: int
    detail: str
    arguments: dict[str, Any] = {}
    errors: list[FieldError] | None = None
    request_id: str = ""


def respond(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as an answer."""
    body = problem.model_dump(mode="json", exclude_none=True)
    return Response(orjson.dumps(body), problem.status, headers, media_type=MEDIA_TYPE)


def of_refusal(refusal: Refusal, request_id: str) -> Problem:
    """The problem that a refusal is."""
    arguments = _plain(refusal.arguments)
    return Problem(
        type=f"urn:voltkeep:problem:{refusal.code}",
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        arguments={name: value for name, value in arguments.items() if name != "errors"},
        errors=_errors(refusal, arguments),
        request_id=request_id,
    )


def _errors(refusal: Refusal, arguments: dict[str, Any]) -> list[FieldError] | None:
    """`errors` of the refusal (each with field and message), else its one `field`."""
    if "errors" in arguments:
        return [FieldError.model_validate(one) for one in arguments["errors"]]
    if isinstance(arguments.get("field"), str):
        return [FieldError(field=arguments["field"], message=refusal.detail)]
    return None


def answer_refusal(request: Request, refusal: Refusal) -> Response:
    """A refusal's answer: Retry-After where a wait is known, the field as an error where one is named."""
    nothing_done(request)
    problem = of_refusal(refusal, request_id_of(request))
    headers = {}
    wait = refusal.arguments.get("retry_after_s", RETRY_AFTER_S if refusal.status == 503 else None)
    if isinstance(wait, int | float):
        headers["Retry-After"] = str(max(1, round(wait)))
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return respond(problem, headers)


def _plain(arguments: dict[str, object]) -> dict[str, Any]:
    plain: dict[str, Any] = orjson.loads(orjson.dumps(arguments, default=str, option=orjson.OPT_NON_STR_KEYS))
    return plain


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101  registered for Refusal alone
    return answer_refusal(request, error)


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for it alone
    nothing_done(request)
    return respond(
        Problem(
            type="urn:voltkeep:problem:invalid",
            title="Invalid input",
            status=422,
            detail="; ".join(f"{_path(one['loc'])}: {one['msg']}" for one in error.errors()[:5]),
            errors=[FieldError(field=_path(one["loc"]), message=one["msg"]) for one in error.errors()[:50]],
            request_id=request_id_of(request),
        )
    )


def _path(place: tuple[Any, ...] | list[Any]) -> str:
    inside = place[1:] if place and place[0] in {"body", "query", "path", "header", "cookie"} else place
    return ".".join(map(str, inside)) or "body"


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  registered for it alone
    nothing_done(request)
    code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, f"http-{error.status_code}")
    title = str(error.detail)
    problem = Problem(
        type=f"urn:voltkeep:problem:{code}",
        title=title,
        status=error.status_code,
        detail=title,
        request_id=request_id_of(request),
    )
    return respond(problem, dict(error.headers or {}))


async def _unfit(request: Request, error: Exception) -> Response:
    """The net under the checks of single fields: what PostgreSQL can't hold changed nothing and is a 422."""
    if not is_unfit_value(error):
        raise error
    log.warning("unfit_value", path=request.url.path, error=type(error).__name__)
    return answer_refusal(request, Invalid("A value contains NUL or is out of range"))


async def _again(request: Request, error: Exception) -> Response:
    return replayed(request, error)


def add_problems(app: FastAPI) -> None:
    """Answer refusals, unreadable requests and unknown routes as problems."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _unfit)
    app.add_exception_handler(Replay, _again)


class Faults:
    """Middleware: an unexpected error is logged whole and answered without its insides; an absent engine as 503."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            request = Request(scope)
            response = _passing(request, error) if is_passing_fault(error) else _fault(request)
            if started:
                raise
            await response(scope, receive, send)


def _passing(request: Request, error: Exception) -> Response:
    log.warning("engine_away", path=request.url.path, error=f"{type(error).__name__}: {error}"[:500])
    away = of_refusal(Unavailable("The database is away; try again"), request_id_of(request))
    return respond(away, {"Retry-After": str(RETRY_AFTER_S)})


def _fault(request: Request) -> Response:
    log.exception("request_failed", method=request.method, path=request.url.path)
    return respond(
        Problem(
            type="urn:voltkeep:problem:fault",
            title="Something went wrong on our side",
            status=500,
            detail="It is in the log under this request id",
            request_id=request_id_of(request),
        )
    )
