"""/metrics, /health/live and /health/ready of a role: the same routes for every process."""

from __future__ import annotations

from dataclasses import asdict

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from voltkeep.kit.health import Health


def probe_routes(health: Health) -> list[Route]:
    """Starlette routes; ready is 200 only when every check passed, else 503 with what failed."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_: Request) -> Response:
        results = await health.run()
        ok = all(result.ok for result in results)
        body = {"status": "ready" if ok else "not-ready", "checks": [asdict(result) for result in results]}
        return JSONResponse(body, status_code=200 if ok else 503)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", metrics)]
