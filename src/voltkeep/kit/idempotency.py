"""Idempotency-Key on POST: the same key and request act once, and the first answer is given again.

The dependency that knows the actor claims the key before the handler runs; the middleware keeps the answer. A claim
that never got an answer (the process died in between) is never run again: whether it happened isn't known.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voltkeep.kit.db import Database, Tx
from voltkeep.kit.errors import Conflict, Invalid, Refusal

HEADER: Final = "idempotency-key"
REPLAYED: Final = "idempotent-replayed"
KEPT_FOR: Final = timedelta(hours=24)
ABANDONED_AFTER: Final = timedelta(minutes=2)
# A secret is shown once: a replay carries null in its place.
SHOWN_ONCE: Final = frozenset({"password", "secret"})

log = structlog.get_logger()


class KeyReused(Refusal):
    """The key came before with another request."""

    status = 422
    code = "idempotency-key-reused"
    title = "This Idempotency-Key belongs to another request"


class InProgress(Conflict):
    """The first request with this key is still at work."""

    code = "idempotency-in-progress"
    title = "The first request with this Idempotency-Key is still at work"


class OutcomeUnknown(Conflict):
    """The first request broke off."""

    code = "idempotency-outcome-unknown"
    title = "The first request broke off; look whether it took effect, then use a new key"


class Replay(Exception):
    """Not a fault: the stored answer goes out instead of another act."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that this request holds."""

    database: Database
    actor_id: UUID
    key: str


async def claim(request: Request, database: Database, actor_id: UUID, now: datetime) -> None:
    """Take the request's key for this actor, if it is a POST with one.

    Raises Replay for a finished twin, and KeyReused, InProgress, OutcomeUnknown or Invalid.
    """
    key = request.headers.get(HEADER)
    state = request.scope.setdefault("state", {})
    if key is None or request.method != "POST" or "claim" in state:
        return
    if not 1 <= len(key) <= 200 or not key.isprintable():
        raise Invalid("An Idempotency-Key has 1 to 200 printable characters", field="Idempotency-Key")
    asked = f"{request.url.path}?{request.url.query}\n".encode() + await request.body()
    async with database.transaction() as tx:
        await _take(tx, actor_id, key, hashlib.sha256(asked).digest(), now)
    state["claim"] = Claim(database, actor_id, key)


async def _take(tx: Tx, actor_id: UUID, key: str, request_hash: bytes, now: datetime) -> None:
    taken = await tx.run(
        """
        insert into idempotency_key as k (actor_id, key, request_hash, created_at)
        values (:actor_id, :key, :request_hash, :now)
        on conflict (actor_id, key) do update
          set request_hash = excluded.request_hash, status = null, body = null, created_at = excluded.created_at
        where k.created_at < :expired
        """,
        actor_id=actor_id,
        key=key,
        request_hash=request_hash,
        now=now,
        expired=now - KEPT_FOR,
    )
    if taken:
        return
    twin = await tx.one(
        "select request_hash, status, body, created_at from idempotency_key where actor_id = :actor_id and key = :key",
        actor_id=actor_id,
        key=key,
    )
    if bytes(twin.request_hash) != request_hash:
        raise KeyReused()
    if twin.status is not None:
        raise Replay(twin.status, twin.body)
    raise OutcomeUnknown() if now - twin.created_at > ABANDONED_AFTER else InProgress()


def replayed(_: Request, replay: Exception) -> Response:
    """The exception handler that gives the stored answer."""
    assert isinstance(replay, Replay)  # noqa: S101  registered for Replay alone
    body = b"" if replay.body is None else orjson.dumps(replay.body)
    return Response(body, replay.status, {REPLAYED: "true"}, media_type="application/json")


class KeepAnswers:
    """Middleware: keeps the answer of a claimed request before it is sent; a refusal gives the key back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or HEADER not in Headers(scope=scope):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.app(scope, receive, hold)
        await _settle(scope.get("state", {}), held)
        for message in held:
            await send(message)


def nothing_done(request: Request) -> None:
    """Tell that the request was refused, so that its key may be used again."""
    request.scope.setdefault("state", {})["refused"] = True


async def _settle(state: dict[str, Any], held: list[Message]) -> None:
    claim: Claim | None = state.get("claim")
    start = next((message for message in held if message["type"] == "http.response.start"), None)
    if claim is None or start is None:
        return
    status = int(start["status"])
    body = b"".join(message.get("body", b"") for message in held if message["type"] == "http.response.body")
    try:
        async with claim.database.transaction() as tx:
            if status < 400:
                await _keep(tx, claim, status, body)
            elif state.get("refused"):
                await _give_back(tx, claim)
    except Exception:  # the act is committed; its answer must go out even if it can't be kept
        log.exception("idempotency_answer_not_kept")


async def _keep(tx: Tx, claim: Claim, status: int, body: bytes) -> None:
    await tx.run(
        """
        update idempotency_key set status = :status, body = cast(:body as jsonb)
         where actor_id = :actor_id and key = :key
        """,
        status=status,
        body=_without_secrets(body),
        actor_id=claim.actor_id,
        key=claim.key,
    )


def _without_secrets(body: bytes) -> str | None:
    if not body:
        return None
    answer = orjson.loads(body)
    if isinstance(answer, dict):
        answer = {name: None if name in SHOWN_ONCE else value for name, value in answer.items()}
    return orjson.dumps(answer).decode()


async def _give_back(tx: Tx, claim: Claim) -> None:
    await tx.run(
        "delete from idempotency_key where actor_id = :actor_id and key = :key and status is null",
        actor_id=claim.actor_id,
        key=claim.key,
    )


async def purge_idempotency_keys(tx: Tx, now: datetime) -> int:
    """Drop keys whose time is over; rows dropped."""
    return await tx.run("delete from idempotency_key where created_at < :expired", expired=now - KEPT_FOR)
