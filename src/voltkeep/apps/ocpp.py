"""The OCPP role: holds the sockets of stations. Any number of processes may listen on one port (SO_REUSEPORT)."""

from __future__ import annotations

import asyncio
import os
import socket

import structlog

from voltkeep.apps import wiring
from voltkeep.apps.collector import spare_the_collector
from voltkeep.apps.probe_server import probe
from voltkeep.kit.settings import Settings
from voltkeep.protocols.ocpp.socket.server import OcppServer

# Stations come back at once and all together: they are sent away over this time, well within a supervisor's patience.
SPREAD_S = 3.0

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Until cancelled; then every station gets a 1001 and what was taken is finished."""
    async with wiring.running_services(settings, name="voltkeep-ocpp") as services:
        name = f"{socket.gethostname()}-{os.getpid()}"
        server = OcppServer(services.database, services.bus, settings, key=services.secret_key, name=name)
        await server.start()
        spare_the_collector()
        try:
            async with probe(wiring.health_of(services), settings):
                log.info("ocpp listens", host=settings.ocpp_host, port=server.port, gateway=name)
                await asyncio.Event().wait()
        finally:
            await server.stop(spread_s=SPREAD_S)
