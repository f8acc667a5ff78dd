"""Suspend, resume, retire and a new password."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from voltkeep.accounts.http import ActorDep
from voltkeep.accounts.model import Actor
from voltkeep.kit import clock
from voltkeep.kit.db import Tx
from voltkeep.kit.services import Services
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.admission import resume, retire, rotate_password, suspend
from voltkeep.stations.actions.list_stations import row_of
from voltkeep.stations.actions.visible_to import visible_to
from voltkeep.stations.http.cut import cut
from voltkeep.stations.http.view import StationView, to_view
from voltkeep.stations.model import Station
from voltkeep.stations.permissions import STATION_APPROVE, STATION_CONFIGURE, STATION_RETIRE

router = APIRouter(tags=["stations"])

Act = Callable[[Tx, Actor, Station, datetime], Awaitable[Station]]


class PasswordMade(BaseModel):
    """`password` is shown this once; null in a repeated answer."""

    password: str | None


@router.post("/stations/{station}/rotate-password")
async def rotate_station_password(station: str, actor: ActorDep, services: ServicesDep) -> PasswordMade:
    """Make a new password; the old one stops at once and the connection made with it ends."""
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, station, STATION_CONFIGURE)
        password = await rotate_password(tx, actor, found, key=services.secret_key, now=clock.now())
    await cut(services.bus, found, "password-rotated")
    return PasswordMade(password=password)


@router.post("/stations/{station}/suspend")
async def suspend_station(station: str, actor: ActorDep, services: ServicesDep) -> StationView:
    """Shut it out until it is resumed."""
    return await _act(services, actor, station, STATION_APPROVE, suspend)


@router.post("/stations/{station}/resume")
async def resume_station(station: str, actor: ActorDep, services: ServicesDep) -> StationView:
    """Let it in again with the password it had."""
    return await _act(services, actor, station, STATION_APPROVE, resume)


@router.post("/stations/{station}/retire")
async def retire_station(station: str, actor: ActorDep, services: ServicesDep) -> StationView:
    """Take it out of service for good; its history stays and its identity is free."""
    return await _act(services, actor, station, STATION_RETIRE, retire)


async def _act(services: Services, actor: Actor, key: str, permission: str, act: Act) -> StationView:
    async with services.database.transaction() as tx:
        found = await visible_to(tx, actor, key, permission)
        changed = await act(tx, actor, found, clock.now())
        row = await row_of(tx, changed)
    if changed.admission != "approved":
        await cut(services.bus, changed, changed.admission)
    return to_view(row)
