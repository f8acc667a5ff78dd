"""The commands of charging: start and stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from voltkeep.accounts.model import Actor
from voltkeep.commands.actions.kind import CommandKind
from voltkeep.commands.model import Prepared
from voltkeep.kit.db import Tx
from voltkeep.sessions.actions.prepare_commands import prepare_start, prepare_stop
from voltkeep.sessions.ports import StartGate
from voltkeep.stations.model import Station
from voltkeep.stations.permissions import STATION_CONTROL

HIGHEST_CONNECTOR = 64


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Start(BaseModel):
    """Charge at this connector with this token."""

    model_config = ConfigDict(extra="forbid")

    connector: int = Field(ge=1, le=HIGHEST_CONNECTOR)
    token: str = Field(min_length=1, max_length=36)


class Stop(BaseModel):
    """End a live session, named by its id or by its transaction's."""

    model_config = ConfigDict(extra="forbid")

    session: UUID | None = None
    transaction_id: Annotated[str | None, BeforeValidator(_text), Field(max_length=36)] = None

    @model_validator(mode="after")
    def _names_one(self) -> Stop:
        if (self.session is None) == (self.transaction_id is None):
            raise ValueError("name either the session or the transaction_id")
        return self


def charging_kinds(gates: Sequence[StartGate]) -> tuple[CommandKind, ...]:
    """Start and stop; each gate may refuse a start."""

    async def start(tx: Tx, actor: Actor, station: Station, arguments: Start, now: datetime) -> Prepared:
        return await prepare_start(tx, station, arguments.connector, arguments.token, gates, now)

    return (
        CommandKind("start", "Start charging", STATION_CONTROL, Start, start, expires_s=120),
        CommandKind("stop", "Stop charging", STATION_CONTROL, Stop, _stop),
    )


async def _stop(tx: Tx, actor: Actor, station: Station, arguments: Stop, now: datetime) -> Prepared:
    return await prepare_stop(tx, station, arguments.session, arguments.transaction_id)


KINDS = charging_kinds(())
