"""The handshake: who may come in, and how the others are told."""

from __future__ import annotations

import http
from typing import TYPE_CHECKING

import structlog
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from voltkeep.kit import clock
from voltkeep.kit.db import is_passing_fault
from voltkeep.kit.errors import Unavailable
from voltkeep.protocols.ocpp.socket.knock import (
    BadCredentials,
    address_of,
    identity_of,
    networks,
    offered_subprotocols,
    password_of,
)
from voltkeep.protocols.ocpp.socket.limits import Buckets
from voltkeep.protocols.ocpp.socket.metrics import HANDSHAKES_REFUSED
from voltkeep.protocols.ocpp.socket.station_socket import StationSocket
from voltkeep.stations.model import Admittance, Handshake, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from websockets.asyncio.server import ServerConnection

    from voltkeep.protocols.ocpp.socket.gateway import Gateway

log = structlog.get_logger(__name__)

SUBPROTOCOL = Subprotocol("ocpp1.6")
MOST_ONBOARDING = 200
_RETRY_AFTER_S = "30"

# Failures an address, and an identity at an address, may cause at once and per second after that. Past that, strangers
# are neither remembered nor told why; whoever shows the right password comes in even so: a whole site or a carrier's
# network may share one address, and one misled station there must not keep the others out.
_ADDRESS_BURST, _ADDRESS_PER_S = 100, 5.0
_IDENTITY_BURST, _IDENTITY_PER_S = 20, 0.5

_TEXTS: dict[str, tuple[http.HTTPStatus, str]] = {
    "bad-identity": (http.HTTPStatus.NOT_FOUND, "No station has this path. Connect to /ocpp/{identity}."),
    "unknown-identity": (http.HTTPStatus.NOT_FOUND, "This identity is not known here."),
    "no-credentials": (http.HTTPStatus.UNAUTHORIZED, "Basic credentials are needed."),
    "bad-credentials": (
        http.HTTPStatus.UNAUTHORIZED,
        "The Authorization header is not Basic, or not of this identity.",
    ),
    "wrong-password": (http.HTTPStatus.UNAUTHORIZED, "The password is wrong."),
    "not-approved": (http.HTTPStatus.FORBIDDEN, "This station is not approved."),
    "too-many": (http.HTTPStatus.TOO_MANY_REQUESTS, "Too many failed attempts."),
    "full": (http.HTTPStatus.SERVICE_UNAVAILABLE, "No place for another connection."),
    "unavailable": (http.HTTPStatus.SERVICE_UNAVAILABLE, "Try again later."),
}


class Door:
    """Decides each handshake of one process."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._trusted = networks(gateway.settings.trusted_proxies)
        self._addresses = Buckets(burst=_ADDRESS_BURST, per_s=_ADDRESS_PER_S)
        self._identities = Buckets(burst=_IDENTITY_BURST, per_s=_IDENTITY_PER_S)
        self.open = 0
        self.onboarding = 0

    async def process_request(self, socket: ServerConnection, request: Request) -> Response | None:
        """None lets the socket in, with its admittance noted on it."""
        if not isinstance(socket, StationSocket):
            raise TypeError("the server makes StationSockets")
        socket.address = address_of(_peer(socket), request.headers, self._trusted)
        reason = await self._decide(socket, request)
        if reason is None:
            return None
        HANDSHAKES_REFUSED.labels(reason).inc()
        status, text = _TEXTS[reason]
        response = socket.respond(status, text + "\n")
        if status is http.HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = 'Basic realm="ocpp", charset="UTF-8"'
        if status in {http.HTTPStatus.TOO_MANY_REQUESTS, http.HTTPStatus.SERVICE_UNAVAILABLE}:
            response.headers["Retry-After"] = _RETRY_AFTER_S
        return response

    def select_subprotocol(self, _: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
        """Ours if offered, else none: the handshake then ends well and the socket is closed (OCPP-J 1.6, 3.3)."""
        return SUBPROTOCOL if SUBPROTOCOL in offered else None

    async def _decide(self, socket: StationSocket, request: Request) -> str | None:
        """A reason in `_TEXTS`, or None."""
        if self._gateway.is_draining or self.open >= self._gateway.settings.ocpp_max_connections:
            return "full"
        now_s = clock.monotonic_s()
        identity = identity_of(request.path)
        pair = f"{socket.address} {identity}"
        is_limited = self._addresses.is_empty(socket.address, now_s) or self._identities.is_empty(pair, now_s)
        if identity is None:
            reason: str | None = "bad-identity"
        else:
            reason = await self._ask(socket, request, identity, is_limited=is_limited)
        if reason is None or reason == "unavailable":
            return reason
        if is_limited:
            return "too-many"
        self._addresses.take(socket.address, now_s)
        self._identities.take(pair, now_s)
        return reason

    async def _ask(self, socket: StationSocket, request: Request, identity: str, *, is_limited: bool) -> str | None:
        try:
            password = password_of(request.headers.get("Authorization"), identity)
        except BadCredentials:
            return "bad-credentials"
        if is_limited and not password:
            return "no-credentials"
        handshake = Handshake(
            identity=identity,
            password=password,
            address=socket.address,
            subprotocols=offered_subprotocols(request.headers),
            user_agent=request.headers.get("User-Agent"),
            is_limited=is_limited,
        )
        try:
            admittance = await self._gateway.knocks.add(handshake)
        except Exception as error:
            if not (isinstance(error, Unavailable) or is_passing_fault(error)):
                log.exception("handshake failed", identity=identity)
            else:
                log.warning("handshake put off", identity=identity, error=f"{type(error).__name__}: {error}"[:200])
            return "unavailable"
        return self._note(socket, admittance)

    def _note(self, socket: StationSocket, admittance: Admittance) -> str | None:
        if isinstance(admittance, Refused):
            return admittance.reason
        socket.admittance = admittance
        return None


def _peer(socket: StationSocket) -> str:
    name = socket.remote_address
    return str(name[0]) if isinstance(name, tuple) and name else ""
