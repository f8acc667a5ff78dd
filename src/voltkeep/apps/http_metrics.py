"""How long requests take, by route; failed and slow ones are in the log."""

from __future__ import annotations

import structlog
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voltkeep.kit.clock import monotonic_s

SECONDS = Histogram(
    "voltkeep_http_seconds",
    "Time to the head of the answer, by route template",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SLOW_S = 1.0
METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})

log = structlog.get_logger(__name__)


class HttpMetrics:
    """Middleware: one observation a request; unknown routes and methods share a label, so that labels stay bounded."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = monotonic_s()

        async def observe(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "other")
                method = scope["method"] if scope["method"] in METHODS else "other"
                took_s = monotonic_s() - began
                SECONDS.labels(method, route, str(message["status"])).observe(took_s)
                say = log.warning if message["status"] >= 500 or took_s > SLOW_S else log.debug
                say("request", method=method, route=route, status=message["status"], ms=round(took_s * 1000, 1))
            await send(message)

        await self.app(scope, receive, observe)
