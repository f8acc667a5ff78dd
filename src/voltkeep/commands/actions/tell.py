"""Lets screens and subscribers know that commands moved on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voltkeep.commands.events import CommandChanged
from voltkeep.commands.model import Command
from voltkeep.kit.db import Tx, publish


async def tell(tx: Tx, commands: Sequence[Command], now: datetime) -> None:
    """One event each, with the state it has now."""
    events = [
        CommandChanged(
            id=one.id,
            organisation_id=one.organisation_id,
            station_id=one.station_id,
            at=now,
            action=one.action,
            state=one.state,
        )
        for one in commands
    ]
    await publish(tx, events)
