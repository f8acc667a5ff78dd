"""Takes a station's waiting commands one by one: committed as sent, written, settled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from voltkeep.commands.actions.deliver import reconcile_after_restart, take_commands
from voltkeep.commands.model import Command, Settled
from voltkeep.kit import clock
from voltkeep.kit.db import is_passing_fault
from voltkeep.kit.errors import Unavailable
from voltkeep.protocols.ocpp.v16.outgoing import perform
from voltkeep.stations.actions.presence import current_epoch

if TYPE_CHECKING:
    from voltkeep.protocols.ocpp.socket.connection import Connection

log = structlog.get_logger(__name__)

_RETRY_S = 5.0
_SETTLE_TRIES = 12


class CommandLine:
    """Works while there is something to do; a wake while it works makes it look once more."""

    __slots__ = ("_again", "_connection", "_is_reconciled", "_task")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._again = False
        self._is_reconciled = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look for commands, now or after the present one."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = self._connection.gateway.spawn(self._work(), "commands")

    async def _work(self) -> None:
        while self._again and not self._connection.is_over:
            self._again = False
            try:
                if self._is_reconciled or await self._has_errand():
                    while (command := await self._take()) is not None:
                        await self._settle(await self._perform(command))
            except Exception as error:
                if not (isinstance(error, Unavailable) or is_passing_fault(error)):
                    log.exception("commands failed", station=self._connection.speaker.identity)
                await asyncio.sleep(_RETRY_S)
                self._again = True

    async def _has_errand(self) -> bool:
        """Once a connection: what became of commands that an older one sent, and what is still to be set.

        Whether there are commands to take. A connection that is no longer the newest ends.
        """
        connection = self._connection
        errand = await connection.gateway.errands.add((connection.speaker.station_id, connection.epoch))
        if not errand.is_current:
            connection.end("replaced")
            return False
        if errand.has_commands:
            async with connection.gateway.database.transaction() as tx:
                await reconcile_after_restart(tx, connection.speaker.station_id, clock.now())
        self._is_reconciled = True
        if errand.has_pending:
            connection.configure_soon()
        return errand.has_commands

    async def _take(self) -> Command | None:
        """The next command, marked sent; None when there is none. A connection that is no longer the newest ends."""
        connection = self._connection
        station_id = connection.speaker.station_id
        if connection.is_over:
            return None
        async with connection.gateway.database.transaction() as tx:
            taken = await take_commands(tx, station_id, connection.epoch, clock.now(), 1)
            is_newest = bool(taken) or await current_epoch(tx, station_id) == connection.epoch
        if not is_newest:
            connection.end("replaced")
        return taken[0] if taken else None

    async def _perform(self, command: Command) -> Settled | None:
        connection = self._connection
        try:
            return await perform(
                command, call=connection.call, station=connection.speaker, database=connection.gateway.database
            )
        except Exception:
            log.exception("command failed", station=connection.speaker.identity, action=command.action)
            return Settled(command.id, "unknown", error="internal-error")

    async def _settle(self, settled: Settled | None) -> None:
        """Keep the outcome, through a minute without a database; after that reconciliation says `unknown`."""
        if settled is None:
            return
        for attempt in range(_SETTLE_TRIES):
            try:
                await self._connection.gateway.desk.settled.add(settled)
            except Unavailable:
                await asyncio.sleep(min(10.0, 0.5 * 2**attempt))
            else:
                return
