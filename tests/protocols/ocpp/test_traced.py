"""What goes over a station's socket is in the protocol log, secrets excepted."""

from __future__ import annotations

import asyncio

from tests.protocols.ocpp.client import Station

from voltkeep.kit.db import Database
from voltkeep.protocols.ocpp.socket.server import OcppServer


async def test_both_ways_and_faults_are_logged(station: Station, server: OcppServer, database: Database) -> None:
    assert await station.is_well()
    await station.send("nonsense")
    await station.call("Authorize", {})
    connection = next(iter(server.gateway.directory))
    asking = asyncio.create_task(
        connection.call("ChangeConfiguration", {"key": "AuthorizationKey", "value": "hunter2"})
    )
    await station.reply({"status": "Accepted"})
    await asking
    await server.gateway.frames.flush()
    async with database.transaction() as tx:
        rows = await tx.rows("select * from protocol_frame order by at, seq")
    assert [(row.direction, row.kind, row.action) for row in rows] == [
        ("in", "call", "Heartbeat"),
        ("out", "result", "Heartbeat"),
        ("in", "unreadable", None),
        ("in", "call", "Authorize"),
        ("out", "error", "Authorize"),
        ("out", "call", "ChangeConfiguration"),
        ("in", "result", "ChangeConfiguration"),
    ]
    assert rows[2].fault.startswith("FormationViolation")
    assert rows[4].fault.startswith("ProtocolError")
    assert "hunter2" not in "".join(row.payload for row in rows)
