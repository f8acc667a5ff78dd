"""Charts and newest readings of a station, for people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from voltkeep.accounts.http import ActorDep
from voltkeep.kit import clock
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.visible_to import visible_to
from voltkeep.telemetry.actions.latest import latest
from voltkeep.telemetry.actions.series import series
from voltkeep.telemetry.model import MOST_POINTS, Series, SeriesAsked
from voltkeep.telemetry.permissions import TELEMETRY_VIEW

router = APIRouter(tags=["telemetry"])

Label = Annotated[str, Query(max_length=80, pattern="^[A-Za-z0-9.-]*$")]


class SeriesView(BaseModel):
    """One series as columns of equal length; a null value is a gap.

    `value` is the mean of a gauge and the last reading of a register; `min` and `max` are those of the `step_s`
    seconds that begin at `at`. Units are Wh, W, A, V, Celsius and Percent.
    """

    parameter: str
    module: str
    phase: str
    evse: int
    unit: str
    kind: Literal["gauge", "register"]
    source: Literal["ticks", "1-minute", "15-minute"]
    step_s: int
    at: list[datetime]
    value: list[float | None]
    min: list[float | None]
    max: list[float | None]


class SeriesAnswer(BaseModel):
    """Every series that matched, by EVSE, parameter, module and phase."""

    series: list[SeriesView]


class SeriesQuery(BaseModel):
    """Which series, from which instant to which, in at most how many points each."""

    parameter: Annotated[list[Label], Query(min_length=1, max_length=16)]
    phase: Label | None = None
    module: Label | None = None
    evse: Annotated[int | None, Query(ge=0, le=32_767)] = None
    start: Annotated[AwareDatetime, Query(alias="from")]
    end: Annotated[AwareDatetime | None, Query(alias="to")] = None
    points: Annotated[int, Query(ge=2, le=MOST_POINTS)] = 500

    def to_asked(self, now: datetime) -> SeriesAsked:
        """As the action takes it; without an end, until now."""
        return SeriesAsked(
            tuple(self.parameter), self.start, self.end or now, self.points, self.evse, self.phase, self.module
        )


@router.get("/stations/{station}/series")
async def read_series(
    station: str, actor: ActorDep, services: ServicesDep, wanted: Annotated[SeriesQuery, Query()]
) -> SeriesAnswer:
    """Measurements over time. Needs `telemetry.view`."""
    now = clock.now()
    kept_days = services.settings.telemetry_retention_days
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, permission=TELEMETRY_VIEW)
        several = await series(tx, found.station_no, wanted.to_asked(now), now=now, ticks_kept_days=kept_days)
    return SeriesAnswer(series=[_view(one) for one in several])


def _view(one: Series) -> SeriesView:
    return SeriesView(
        parameter=one.parameter,
        module=one.module,
        phase=one.phase,
        evse=one.evse,
        unit=one.unit,
        kind="register" if one.is_register else "gauge",
        source=one.cut.source,
        step_s=one.cut.width_s,
        at=[b.at for b in one.bins],
        value=[b.last if one.is_register else b.mean for b in one.bins],
        min=[b.low for b in one.bins],
        max=[b.high for b in one.bins],
    )


class ReadingView(BaseModel):
    """The newest reading of a parameter: `value` for numbers, `text` for states."""

    parameter: str
    module: str
    phase: str
    evse: int
    unit: str
    value: float | None
    text: str | None
    at: datetime


class LatestAnswer(BaseModel):
    """Every parameter the station ever reported."""

    readings: list[ReadingView]


@router.get("/stations/{station}/latest")
async def read_latest(station: str, actor: ActorDep, services: ServicesDep) -> LatestAnswer:
    """The newest reading of everything the station reports. Needs `telemetry.view`."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, permission=TELEMETRY_VIEW)
        readings = await latest(tx, found.station_no)
    return LatestAnswer(readings=[ReadingView.model_validate(one, from_attributes=True) for one in readings])
