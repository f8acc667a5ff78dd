"""A station that isn't on the list, while a window is open: Boot is answered Pending and nothing else is processed."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from websockets.exceptions import ConnectionClosed

from voltkeep.kit import clock
from voltkeep.protocols.ocpp.frames import Call, Code, Fault, Faulty, OcppFault, decode, encode_error, encode_result
from voltkeep.protocols.ocpp.socket.gateway import Gateway
from voltkeep.protocols.ocpp.socket.station_socket import StationSocket
from voltkeep.protocols.ocpp.v16.boot_notification import PENDING_INTERVAL_S, BootNotification, to_boot, to_response
from voltkeep.protocols.ocpp.v16.incoming import read
from voltkeep.stations.actions.record_boots import record_candidate_boot

log = structlog.get_logger(__name__)

# A station that waits boots every PENDING_INTERVAL_S. Who is silent for longer makes room for another.
_LONGEST_SILENCE_S = 3 * PENDING_INTERVAL_S


async def serve_onboarding(gateway: Gateway, socket: StationSocket, identity: str) -> None:
    """Until the other end leaves or falls silent, the identity was decided on, or the window closed: come anew then."""
    try:
        while True:
            async with asyncio.timeout(_LONGEST_SILENCE_S):
                frame = decode(await socket.recv(decode=False), gateway.limits)
            reply, goes_on = await _answer(gateway, identity, frame)
            if reply is not None:
                await socket.send(reply, text=True)
            if not goes_on:
                await socket.close(1008, "decided: connect again")
                return
    except TimeoutError:
        await socket.close(1001, "silent")
    except ConnectionClosed:
        return


async def _answer(gateway: Gateway, identity: str, frame: object) -> tuple[bytes | None, bool]:
    if isinstance(frame, Faulty) and frame.is_answerable and frame.id is not None:
        return encode_error(frame.id, frame.fault), True
    if not isinstance(frame, Call):
        return None, True
    try:
        waits, payload = await _boot(gateway, identity, frame)
    except OcppFault as error:
        return encode_error(frame.id, error.fault), True
    except Exception as error:
        log.warning("boot at the door failed", identity=identity, error=type(error).__name__)
        return encode_error(frame.id, Fault(Code.INTERNAL_ERROR, "Not stored; send it again later")), True
    return encode_result(frame.id, payload), waits


async def _boot(gateway: Gateway, identity: str, call: Call) -> tuple[bool, dict[str, Any]]:
    """OCPP 1.6, section 4.2: a station that isn't accepted sends nothing but BootNotification."""
    request, _ = read(call, gateway.schemas)
    if not isinstance(request, BootNotification):
        raise OcppFault(Code.SECURITY_ERROR, "Not accepted yet: only BootNotification is taken")
    now = clock.now()
    async with gateway.database.transaction() as tx:
        waits = await record_candidate_boot(tx, identity, to_boot(request), now)
    return waits, to_response("Pending", PENDING_INTERVAL_S, now)
