"""Notices for stations from other processes: a command waits, or the connection must go.

One subscription a process, not one a station: it costs its 4 KiB once instead of ten thousand times, storms of
reconnects don't stir the bus, and what isn't for us costs a look into a dictionary.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from voltkeep.protocols.ocpp.socket.gateway import Gateway

SUBJECT = "station.*.*.*"  # station.<uuid>.<epoch>.<command or cut>


async def listen(gateway: Gateway) -> None:
    """Subscribe for the life of the process; raises nats errors."""

    async def on_notice(subject: str, notice: dict[str, Any]) -> dict[str, Any] | None:
        return {"ok": True} if _take(gateway, subject, notice) else None

    await gateway.bus.listen(SUBJECT, on_notice)


def _take(gateway: Gateway, subject: str, notice: dict[str, Any]) -> bool:
    """Whether the notice was for a connection held here."""
    _, station, epoch, what = subject.split(".")
    try:
        connection, number = gateway.directory.of(UUID(station)), int(epoch)
    except ValueError:
        return False
    if connection is None:
        return False
    if what == "command":
        connection.wake()
        return True
    # A cut of an epoch means every connection up to it; one that came after stays.
    if what == "cut" and connection.epoch <= number:
        connection.end(str(notice.get("reason", "cut"))[:60], code=1008)
        return True
    return False
