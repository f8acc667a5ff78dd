"""Read and set a station's parameters, by the rules of its profile."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from voltkeep.accounts.model import Actor
from voltkeep.commands.actions.kind import ArgumentsInvalid, CommandKind
from voltkeep.commands.model import Prepared
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Refusal
from voltkeep.profiles.actions.values import parameters_of, set_desired
from voltkeep.profiles.actions.versions import profile_version
from voltkeep.profiles.model import Parameter, ParameterValue, as_text
from voltkeep.profiles.permissions import PARAMETER_READ, PARAMETER_WRITE
from voltkeep.stations.model import Station

OWN_PASSWORD = "AuthorizationKey"  # noqa: S105  the name of a key
ParameterId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]
Value = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] | bool | int | float


class ParameterReadOnly(Refusal):
    """`reason`: `profile` (nobody may set it), `station` (it declared so), `own-password` (rotate it instead)."""

    status = 422
    code = "parameter-read-only"
    title = "This parameter can't be set"


class ReadParameters(BaseModel):
    """Parameter ids to read; all when none are named."""

    model_config = ConfigDict(extra="forbid")

    parameters: list[ParameterId] | None = Field(None, min_length=1, max_length=100)


class SetParameters(BaseModel):
    """Values by parameter id."""

    model_config = ConfigDict(extra="forbid")

    values: dict[ParameterId, Value] = Field(min_length=1, max_length=50)


async def hidden_value(tx: Tx, station: Station, key: str) -> bool:
    """Whether the value of this configuration key is a secret. Raises ParameterReadOnly for the station's password."""
    if key.lower() == OWN_PASSWORD.lower():
        raise _refusal(key, "own-password")
    version = await profile_version(tx, station.profile_version_id)
    return version.parameter_for_key(key).is_secret


async def _prepare_read(tx: Tx, actor: Actor, station: Station, arguments: ReadParameters, now: datetime) -> Prepared:
    known = await _known(tx, station)
    for name in arguments.parameters or ():
        _find(known, name, f"arguments.parameters.{name}")
    return Prepared(wire={"keys": _keys(known, arguments.parameters or [])})


async def _prepare_set(tx: Tx, actor: Actor, station: Station, arguments: SetParameters, now: datetime) -> Prepared:
    known = await _known(tx, station)
    texts = {name: _checked(known, name, value) for name, value in arguments.values.items()}
    secrets = {name for name in texts if known[name].parameter.is_secret}
    wanted = {name: text for name, text in texts.items() if name not in secrets}
    await set_desired(tx, station.id, wanted, actor.name, now)
    hidden = tuple(f"values.{name}" for name in sorted(secrets))
    return Prepared(wire={"values": texts, "keys": _keys(known, list(texts))}, secrets=hidden)


async def _known(tx: Tx, station: Station) -> dict[str, ParameterValue]:
    """Every parameter of the station by id: those of its profile, and those that only it reports."""
    version = await profile_version(tx, station.profile_version_id)
    listed = {p.id: _unreported(p) for p in version.document.parameters if p.cls != "telemetry"}
    return listed | {value.parameter.id: value for value in await parameters_of(tx, station.id, version)}


def _unreported(parameter: Parameter) -> ParameterValue:
    return ParameterValue(parameter, "", 0, None, None, None, None, None, None, "reported", None)


def _find(known: dict[str, ParameterValue], name: str, field: str) -> ParameterValue:
    if name not in known:
        raise ArgumentsInvalid(f"This station has no parameter {name}", field=field)
    return known[name]


def _checked(known: dict[str, ParameterValue], name: str, value: str | bool | float) -> str:
    """The value as the wire writes it. Raises ArgumentsInvalid or ParameterReadOnly."""
    field = f"arguments.values.{name}"
    found = _find(known, name, field)
    if not found.may_be_set:
        raise _refusal(name, _why_not(found))
    try:
        return as_text(found.parameter, value)
    except ValueError as error:
        raise ArgumentsInvalid(f"{found.parameter.name}: {error}", field=field) from error


def _why_not(value: ParameterValue) -> str:
    if value.parameter.binding.get("key") == OWN_PASSWORD:
        return "own-password"
    return "station" if value.read_only else "profile"


def _refusal(name: str, reason: str) -> ParameterReadOnly:
    words = {
        "own-password": "The station's password is changed by rotating it, so that both sides know it",
        "station": "The station says that this is read-only",
        "profile": "The profile says that this is read-only",
    }
    return ParameterReadOnly(words[reason], parameter=name, reason=reason)


def _keys(known: dict[str, ParameterValue], names: list[str]) -> dict[str, str]:
    bindings = {name: known[name].parameter.binding for name in names}
    return {name: binding["key"] for name, binding in bindings.items() if "key" in binding}


READ_PARAMETERS = CommandKind(
    "read-parameters", "Read the configuration", PARAMETER_READ, ReadParameters, _prepare_read, read_only=True
)
SET_PARAMETERS = CommandKind(
    "set-parameters", "Change the configuration", PARAMETER_WRITE, SetParameters, _prepare_set, expires_s=3600
)
