"""A station's configuration: what it should have set beside what it says it has."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from voltkeep.accounts.http import ActorDep
from voltkeep.kit.web import ServicesDep
from voltkeep.profiles.actions.values import parameters_of
from voltkeep.profiles.actions.versions import profile_version
from voltkeep.profiles.model import Datatype, Level, ParameterClass, ParameterValue, ValueState
from voltkeep.profiles.permissions import PARAMETER_READ
from voltkeep.stations.actions.visible_to import visible_to

router = APIRouter(tags=["stations"])


class ParameterView(BaseModel):
    """One parameter of one station; `key` is the station's own name for it. A secret shows neither value."""

    parameter: str
    key: str | None
    name: str
    datatype: Datatype
    unit: str
    cls: ParameterClass
    settable: bool
    secret: bool
    read_level: Level
    write_level: Level
    module: str
    evse: int
    desired: str | None
    desired_at: datetime | None
    desired_by: str | None
    reported: str | None
    reported_at: datetime | None
    state: ValueState
    error: str | None


class StationParameters(BaseModel):
    """All known values of a station, by parameter id."""

    station_id: UUID
    items: list[ParameterView]


@router.get("/stations/{station}/parameters")
async def get_station_parameters(station: str, actor: ActorDep, services: ServicesDep) -> StationParameters:
    """The configuration of a station."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, PARAMETER_READ)
        version = await profile_version(tx, found.profile_version_id)
        values = await parameters_of(tx, found.id, version)
    return StationParameters(station_id=found.id, items=[_to_view(value) for value in values])


def _to_view(value: ParameterValue) -> ParameterView:
    parameter = value.parameter
    return ParameterView(
        parameter=parameter.id,
        key=parameter.binding.get("key"),
        name=parameter.name,
        datatype=parameter.datatype,
        unit=parameter.unit,
        cls=parameter.cls,
        settable=value.may_be_set,
        secret=parameter.is_secret,
        read_level=parameter.read_level,
        write_level=parameter.write_level,
        module=value.module,
        evse=value.evse,
        desired=value.desired,
        desired_at=value.desired_at,
        desired_by=value.desired_by,
        reported=value.reported,
        reported_at=value.reported_at,
        state=value.state,
        error=value.error,
    )
