"""NATS between our processes: notices that may be lost, requests that may find nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import nats
import orjson
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeout
from prometheus_client import Counter

from voltkeep.kit.errors import Unavailable

FIRST_WITHIN_S = 10.0

LOST_NOTICES = Counter("voltkeep_lost_notices_total", "Live notices that the bus did not take")

Handler = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any] | None]]


FAULTS = Counter("voltkeep_bus_faults_total", "Faults of the connection to NATS, failed attempts to reconnect included")

log = structlog.get_logger()


async def _on_fault(_: Exception) -> None:
    FAULTS.inc()  # one a failed attempt, twice a second: a log line each would hide the rest


async def _on_away() -> None:
    log.warning("bus away", hint="live notices are lost and commands wait until NATS is back")


async def _on_back() -> None:
    log.info("bus back")


class NobodyThere(Exception):
    """No process holds what was asked for (NATS: no responders)."""


class Bus:
    """One connection; it reconnects by itself for ever."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @classmethod
    async def connect(cls, url: str, *, name: str) -> Bus:
        """Connect, waiting at most 10 s for the first time; raises TimeoutError, OSError or nats errors."""
        async with asyncio.timeout(FIRST_WITHIN_S):
            client = await nats.connect(
                url,
                name=name,
                max_reconnect_attempts=-1,
                reconnect_time_wait=0.5,
                connect_timeout=5,
                pending_size=8 << 20,
                error_cb=_on_fault,
                disconnected_cb=_on_away,
                reconnected_cb=_on_back,
            )
        return cls(client)

    @property
    def is_connected(self) -> bool:
        """Whether the connection stands at this moment."""
        return bool(self.client.is_connected)

    async def tell(self, subject: str, payload: dict[str, Any]) -> None:
        """Send a notice that may be lost; an absent or crowded bus is counted, never an error."""
        try:
            await self.client.publish(subject, orjson.dumps(payload))
        except (NatsError, OSError):
            LOST_NOTICES.inc()

    async def ask(self, subject: str, payload: dict[str, Any], *, timeout_s: float = 5) -> dict[str, Any]:
        """One answer. Raises NobodyThere, TimeoutError, or Unavailable when the bus is away."""
        try:
            reply = await self.client.request(subject, orjson.dumps(payload), timeout=timeout_s)
        except NoRespondersError as error:
            raise NobodyThere(subject) from error
        except NatsTimeout as error:
            raise TimeoutError(subject) from error
        except (NatsError, OSError) as error:
            raise Unavailable("The bus is away", subject=subject) from error
        answer: dict[str, Any] = orjson.loads(reply.data)
        return answer

    async def listen(self, subject: str, handler: Handler, *, queue: str = "") -> Subscription:
        """Call `handler(subject, payload)` for each message; what it returns is the answer to a request."""

        async def on_message(message: Msg) -> None:
            answer = await handler(message.subject, orjson.loads(message.data))
            if answer is not None and message.reply:
                await self.client.publish(message.reply, orjson.dumps(answer))

        return await self.client.subscribe(subject, queue=queue, cb=on_message)

    async def close(self) -> None:
        """Send what waits, then leave."""
        if not self.client.is_closed:
            await self.client.flush(timeout=2) if self.client.is_connected else None
            await self.client.close()
