"""The OCPP server of one process, usable from an app, a test or a bench."""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from websockets.asyncio.server import Server, ServerConnection, serve

from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database, is_passing_fault
from voltkeep.kit.errors import NotVisible, Unavailable
from voltkeep.kit.settings import Settings
from voltkeep.protocols.ocpp.frames import Schemas
from voltkeep.protocols.ocpp.socket.connection import Connection
from voltkeep.protocols.ocpp.socket.door import MOST_ONBOARDING, SUBPROTOCOL, Door
from voltkeep.protocols.ocpp.socket.gateway import Gateway
from voltkeep.protocols.ocpp.socket.liveness import Wheel
from voltkeep.protocols.ocpp.socket.notices import listen
from voltkeep.protocols.ocpp.socket.onboarding import serve_onboarding
from voltkeep.protocols.ocpp.socket.station_socket import StationSocket
from voltkeep.protocols.ocpp.v16.desk import Desk
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.stations.model import Connected, Onboarding, Station
from voltkeep.traces.actions.frame_log import FrameLog

log = structlog.get_logger(__name__)

# A frame above the limit of the settings is refused by CALLERROR and the station stays; past this, the socket closes
# with 1009, since reading on would cost memory for nothing.
_HARD_FACTOR = 4
_LEAST_HARD_LIMIT = 2 << 20
_OPEN_TIMEOUT_S = 10
_CLOSE_TIMEOUT_S = 3
_CLOSED_AT_ONCE = 100
_LAST_WORDS_S = 2.0


class OcppServer:
    """`start`, then `port` says where it listens; `stop` says goodbye to every station."""

    def __init__(self, database: Database, bus: Bus, settings: Settings, *, key: bytes, name: str) -> None:
        self.gateway = Gateway(
            database=database,
            bus=bus,
            settings=settings,
            key=key,
            name=name,
            desk=Desk(database),
            frames=FrameLog(database, limit_mb=settings.trace_limit_mb),
            schemas=Schemas.load(),
        )
        self._door = Door(self.gateway)
        self._server: Server | None = None
        self._wheel: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._server is None:
            raise RuntimeError("not started")
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Listen. Raises OSError when the address is taken."""
        settings = self.gateway.settings
        self.gateway.frames.start()
        await listen(self.gateway)
        self._wheel = asyncio.create_task(Wheel(self.gateway).run(), name="liveness")
        self._server = await serve(
            self._serve,
            settings.ocpp_host,
            settings.ocpp_port,
            create_connection=StationSocket,
            process_request=self._door.process_request,
            subprotocols=[SUBPROTOCOL],
            select_subprotocol=self._door.select_subprotocol,
            compression=None,
            server_header=None,
            max_size=max(_HARD_FACTOR * settings.ocpp_max_frame_bytes, _LEAST_HARD_LIMIT),
            max_queue=4,
            write_limit=16_384,
            ping_interval=None,
            open_timeout=_OPEN_TIMEOUT_S,
            close_timeout=_CLOSE_TIMEOUT_S,
            reuse_port=True,
            backlog=4096,
        )

    async def stop(self, *, spread_s: float = 0.0) -> None:
        """Take no more, close every socket with 1001 over `spread_s`, finish what was taken, write the log."""
        self.gateway.is_draining = True
        if self._server is not None:
            self._server.close(close_connections=False)
        await self._send_away(spread_s)
        if self._server is not None:
            await self._server.wait_closed()
        if self._wheel is not None:
            self._wheel.cancel()
        if self.gateway.tasks:
            # Commands whose connection ended just now still note their outcome.
            await asyncio.wait(self.gateway.tasks, timeout=_LAST_WORDS_S)
        for task in tuple(self.gateway.tasks):
            task.cancel()
        await asyncio.gather(*self.gateway.tasks, return_exceptions=True)
        await self.gateway.close()
        await self.gateway.frames.close()

    async def _send_away(self, spread_s: float) -> None:
        leaving = list(self.gateway.directory)
        pauses = max(1, len(leaving) // _CLOSED_AT_ONCE)
        for start in range(0, len(leaving), _CLOSED_AT_ONCE):
            for connection in leaving[start : start + _CLOSED_AT_ONCE]:
                connection.end("gateway-restart")
            await asyncio.sleep(spread_s / pauses)

    async def _serve(self, socket: ServerConnection) -> None:
        """One connection from the finished handshake to its end; nothing is raised."""
        if not isinstance(socket, StationSocket) or socket.admittance is None:
            return
        if socket.subprotocol is None:
            await socket.close(1002, f"the subprotocol {SUBPROTOCOL} is needed")
            return
        self._door.open += 1
        socket.forget_handshake()
        try:
            await self._serve_admitted(socket)
        except Exception as error:
            await self._close_after(socket, error)
        finally:
            self._door.open -= 1

    async def _serve_admitted(self, socket: StationSocket) -> None:
        if isinstance(socket.admittance, Onboarding):
            await self._serve_onboarding(socket, socket.admittance.identity)
        elif socket.admittance is not None:
            connection = await self._enter(socket, socket.admittance.station)
            await connection.serve()

    async def _serve_onboarding(self, socket: StationSocket, identity: str) -> None:
        if self._door.onboarding >= MOST_ONBOARDING:
            await socket.close(1013, "no place at the door")
            return
        self._door.onboarding += 1
        try:
            await serve_onboarding(self.gateway, socket, identity)
        finally:
            self._door.onboarding -= 1

    async def _enter(self, socket: StationSocket, station: Station) -> Connection:
        """Note the connection; its epoch tells it from those before. Raises Unavailable, NotVisible."""
        profile = await self.gateway.profile(station.profile_version_id)
        connected = Connected(station.id, socket.address or None, self.gateway.name, str(socket.subprotocol))
        epoch = await self.gateway.arrivals.add(connected)
        if epoch is None:
            raise NotVisible
        speaker = Speaker(station.id, station.station_no, station.organisation_id, station.identity, profile)
        return Connection(self.gateway, socket, speaker, epoch)

    async def _close_after(self, socket: StationSocket, error: Exception) -> None:
        if not (isinstance(error, Unavailable) or is_passing_fault(error)):
            log.error("connection failed", error=f"{type(error).__name__}: {error}"[:300], exc_info=error)
        with contextlib.suppress(Exception):
            await socket.close(1013, "try again later")
