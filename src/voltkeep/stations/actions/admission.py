"""Suspend, resume, retire, and a new password. What cuts a socket is sent by the caller after the commit."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from voltkeep.accounts.model import Actor
from voltkeep.kit.db import Tx, publish
from voltkeep.kit.errors import Conflict
from voltkeep.kit.hashes import keyed_hash, random_secret
from voltkeep.stations.actions.edit_station import again, note_change
from voltkeep.stations.events import StationApproved, StationSuspended
from voltkeep.stations.model import Admission, Station
from voltkeep.stations.store import register


class WrongAdmission(Conflict):
    """The station's admission doesn't allow this step."""

    code = "wrong-admission"
    title = "Not possible in this state"


class Step(NamedTuple):
    """From where a step of admission may be taken, and where it leads."""

    before: tuple[Admission, ...]
    after: Admission


STEPS = {
    "suspend": Step(("approved",), "suspended"),
    "resume": Step(("suspended", "revoked"), "approved"),
    "retire": Step(("pending", "approved", "suspended", "revoked"), "retired"),
}


async def suspend(tx: Tx, actor: Actor, station: Station, now: datetime) -> Station:
    """It may not connect until resumed. Raises WrongAdmission."""
    return await _step(tx, actor, station, "suspend", now)


async def resume(tx: Tx, actor: Actor, station: Station, now: datetime) -> Station:
    """It may connect again, with the password it had. Raises WrongAdmission."""
    return await _step(tx, actor, station, "resume", now)


async def retire(tx: Tx, actor: Actor, station: Station, now: datetime) -> Station:
    """Out of service for good; its history stays, its identity is free. Raises WrongAdmission."""
    return await _step(tx, actor, station, "retire", now)


async def rotate_password(tx: Tx, actor: Actor, station: Station, *, key: bytes, now: datetime) -> str:
    """A new password, which can't be read again; the old one stops at once. Raises WrongAdmission for a retired one."""
    if station.retired_at is not None:
        raise WrongAdmission(admission=station.admission)
    password = random_secret()
    await register.set_secret(tx, station.id, keyed_hash(key, password))
    await note_change(tx, actor, station, "station.rotate-password", now)
    return password


async def _step(tx: Tx, actor: Actor, station: Station, name: str, now: datetime) -> Station:
    step = STEPS[name]
    if not await register.set_admission(tx, station.id, before=list(step.before), after=step.after, now=now):
        raise WrongAdmission(f"A station that is {station.admission} can't be changed so", admission=station.admission)
    await note_change(tx, actor, station, f"station.{name}", now)
    kind = StationApproved if step.after == "approved" else StationSuspended
    await publish(tx, [kind(id=station.id, organisation_id=station.organisation_id, station_id=station.id, at=now)])
    return await again(tx, station)
