"""Reset a station, or ask it to say something now."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from voltkeep.accounts.model import Actor
from voltkeep.commands.actions.kind import CommandKind
from voltkeep.commands.model import Prepared
from voltkeep.kit.db import Tx
from voltkeep.stations.model import Station
from voltkeep.stations.permissions import STATION_CONTROL


class Reset(BaseModel):
    """`soft` ends sessions properly first; `hard` is like a power cut."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["soft", "hard"] = "soft"


class Trigger(BaseModel):
    """A message that the station shall send now; without a connector, for all."""

    model_config = ConfigDict(extra="forbid")

    message: Literal[
        "boot-notification",
        "diagnostics-status-notification",
        "firmware-status-notification",
        "heartbeat",
        "meter-values",
        "status-notification",
    ]
    connector: int | None = Field(None, ge=1, le=1000)


async def _prepare_trigger(tx: Tx, actor: Actor, station: Station, arguments: Trigger, now: datetime) -> Prepared:
    return Prepared(evse=arguments.connector)


RESET = CommandKind("reset", "Restart the station", STATION_CONTROL, Reset)
TRIGGER = CommandKind(
    "trigger", "Ask for a message now", STATION_CONTROL, Trigger, _prepare_trigger, read_only=True, expires_s=60
)
