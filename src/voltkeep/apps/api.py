"""The API and the panel as one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import version

import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware

from voltkeep.accounts.actions.require import LacksPermission
from voltkeep.accounts.http.refusals import answer_lacking
from voltkeep.apps import health_page, live_page, wiring
from voltkeep.apps.collector import spare_the_collector
from voltkeep.apps.http_metrics import HttpMetrics
from voltkeep.apps.live import Live
from voltkeep.apps.openapi_page import Api
from voltkeep.apps.panel_files import inline_script_hashes, panel_routes
from voltkeep.apps.role_health import roles_check
from voltkeep.apps.security import BoundedBodies, OwnPagesOnly, SecurityHeaders
from voltkeep.kit.health import Health
from voltkeep.kit.idempotency import KeepAnswers
from voltkeep.kit.probe import probe_routes
from voltkeep.kit.problems import Faults, Problem, add_problems
from voltkeep.kit.services import Services
from voltkeep.kit.settings import Settings
from voltkeep.kit.web import RequestIds, operation_id

PREFIX = "/api/v1"
GRACE_S = 10


def build_app(settings: Settings, services: Services | None = None) -> FastAPI:
    """The application; without `services` it connects to the engines when it starts."""
    health = Health()
    app = Api(
        title="Voltkeep",
        version=version("voltkeep"),
        description="Charging point management. Errors are problem details (RFC 9457).",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: _life(app, settings, services, health),
        middleware=_middleware(settings),
        generate_unique_id_function=operation_id,
        responses={"default": {"model": Problem, "description": "A refusal or a fault"}},
    )
    add_problems(app)
    app.add_exception_handler(LacksPermission, answer_lacking)
    for router in [*wiring.routers(), health_page.router, live_page.router]:
        app.include_router(router, prefix=PREFIX)
    app.router.routes.extend(probe_routes(health))
    app.router.routes.extend(panel_routes())
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    is_https = (settings.public_url or "").startswith("https://")
    return [
        Middleware(RequestIds),
        Middleware(HttpMetrics),
        Middleware(SecurityHeaders, script_hashes=inline_script_hashes(), is_https=is_https),
        Middleware(Faults),
        Middleware(OwnPagesOnly, public_url=settings.public_url),
        Middleware(BoundedBodies),
        Middleware(KeepAnswers),
    ]


@asynccontextmanager
async def _life(app: FastAPI, settings: Settings, given: Services | None, health: Health) -> AsyncIterator[None]:
    services = given or await wiring.build_services(settings, name="voltkeep-api")
    live = Live(services.bus)
    app.state.services, app.state.live, app.state.health = services, live, health
    for name, check in wiring.checks_of(services).items():
        health.add(name, check)
    health.add("processes", roles_check(settings))
    await live.start()
    try:
        yield
    finally:
        await live.close()
        if given is None:
            await wiring.close_services(services)


class Server(uvicorn.Server):
    """uvicorn that leaves the signals to the role's runner, which cancels `serve`."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is caught."""
        yield


async def serve(settings: Settings) -> None:
    """Answer until cancelled; then let requests finish, at most GRACE_S seconds."""
    app = build_app(settings)
    server = Server(uvicorn_config(app, settings))
    task = asyncio.create_task(server.serve(), name="uvicorn")
    spare_the_collector()
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        if live := getattr(app.state, "live", None):
            live.end_all()
        server.should_exit = True
        await task
        raise


def uvicorn_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How the socket is served; proxies are believed only where the settings name them."""
    return uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=30,
    )
