"""/metrics and /health of a role that has no web face of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette

from voltkeep.kit.health import Health
from voltkeep.kit.probe import probe_routes
from voltkeep.kit.settings import Settings

log = structlog.get_logger(__name__)


class _Quiet(uvicorn.Server):
    """Leaves the signals to the role's runner."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is caught."""
        yield


@asynccontextmanager
async def probe(health: Health, settings: Settings) -> AsyncIterator[int]:
    """/metrics and /health while the block lasts; gives the port."""
    listener = socket.create_server((settings.http_host, settings.metrics_port))
    port = int(listener.getsockname()[1])
    server = _Quiet(
        uvicorn.Config(Starlette(routes=list(probe_routes(health))), log_config=None, lifespan="off", access_log=False)
    )
    task = asyncio.create_task(server.serve(sockets=[listener]), name="probe")
    log.info("probe listens", port=port)
    try:
        yield port
    finally:
        server.should_exit = True
        await task
