"""A profile says what a kind of station has: parameters, its maker's habits, and the configuration wanted of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal
from uuid import UUID

Datatype = Literal["integer", "float", "boolean", "string", "enum"]
ParameterClass = Literal["telemetry", "setting", "status", "action"]
Level = Literal["driver", "host", "support", "installer", "maker", "none"]
Sensitivity = Literal["public", "secret"]
ValueState = Literal["reported", "pending", "in-step", "rejected", "unsupported", "reboot-required", "drifted"]
DesiredOutcome = Literal["in-step", "rejected", "unsupported", "reboot-required"]

MOST_SLOTS = 4096
LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Parameter:
    """The unified entity: one thing that can be measured, read, set or done, whatever protocol carries it."""

    id: str
    name: str
    datatype: Datatype
    unit: str = ""
    format: str = ""
    cls: ParameterClass = "setting"
    settable: bool = False
    retained: bool = True
    read_level: Level = "support"
    write_level: Level = "none"
    sensitivity: Sensitivity = "public"
    binding: dict[str, str] = field(default_factory=dict)
    sampling: dict[str, float] = field(default_factory=dict)
    default: str | None = None

    @property
    def is_secret(self) -> bool:
        """Written but never read back."""
        return self.sensitivity == "secret"


@dataclass(frozen=True, slots=True)
class Quirks:
    """Habits of makers that the protocol code reads by name; every one is off in a station that keeps the standard."""

    missing_unit_is_kwh: bool = False  # energy samples without a unit are kWh, against the standard's Wh
    no_ping: bool = False  # drops the socket at a WebSocket ping: liveness by messages only


class Capability(StrEnum):
    """What code may ask for by name instead of asking which maker it deals with."""

    ONE_SESSION_A_TOKEN = "one-session-a-token"  # noqa: S105  a capability's name


@dataclass(frozen=True)
class ProfileDocument:
    """What one version of a profile says.

    `desired` holds the configuration wanted after the first boot, by parameter id; `fallbacks` the values to try in
    order when a station refuses the wanted one whole.
    """

    modules: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    quirks: Quirks = Quirks()
    desired: dict[str, str] = field(default_factory=dict)
    fallbacks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    capabilities: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Parameter]:
        """Parameters by id."""
        return {parameter.id: parameter for parameter in self.parameters}

    @cached_property
    def by_key(self) -> Mapping[str, Parameter]:
        """Parameters by the lower-cased configuration key they are bound to (OCPP 1.6 keys ignore case)."""
        return {p.binding["key"].lower(): p for p in self.parameters if "key" in p.binding}

    def can(self, capability: Capability) -> bool:
        """Whether stations of this profile have the capability."""
        return capability in self.capabilities

    def next_fallback(self, parameter: str, refused: str) -> str | None:
        """The value to try after `refused`, or None when all were tried."""
        values = (self.desired.get(parameter), *self.fallbacks.get(parameter, ()))
        if refused not in values:
            return None
        following = values[values.index(refused) + 1 :]
        return following[0] if following else None


@dataclass(frozen=True)
class ProfileVersion:
    """A published version; `layout_no` is the dictionary its numeric parameters have their slots in."""

    id: UUID
    profile_id: UUID
    layout_no: int
    key: str
    version: int
    document: ProfileDocument

    def parameter_for_key(self, key: str) -> Parameter:
        """The parameter bound to an OCPP 1.6 configuration key; one made from the key when the profile has none."""
        return self.document.by_key.get(key.lower()) or vendor_parameter(key)

    def parameter_for_measurand(self, measurand: str, location: str = "Outlet") -> Parameter:
        """The parameter of a measurand at a location; one made on the spot when the profile has none."""
        wanted = measurand_id(measurand, location)
        return self.document.by_id.get(wanted) or Parameter(
            wanted, measurand, "float", cls="telemetry", binding={"protocol": "ocpp1.6", "measurand": measurand}
        )


@dataclass(frozen=True, slots=True)
class SlotKey:
    """What a slot is for; `unit` is the stored one and isn't part of what makes a slot different."""

    parameter: str
    module: str = ""
    phase: str = ""
    unit: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What tells one slot from another."""
        return (self.parameter, self.module, self.phase)


@dataclass(frozen=True, slots=True)
class Slot:
    """The place (1 to 4096) of a numeric parameter in the tick of a layout."""

    slot: int
    parameter: str
    module: str
    phase: str
    unit: str

    @property
    def place(self) -> tuple[str, str, str]:
        """What tells one slot from another."""
        return (self.parameter, self.module, self.phase)


@dataclass(frozen=True, slots=True)
class Reported:
    """A value that a station says it has; `key` is its own name for it, kept so that it can be set by that name."""

    station_id: UUID
    module: str
    evse: int
    parameter: str
    value: str | None
    read_only: bool | None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A wanted value that the station hasn't taken; `key` is its own name for it, None where only the profile knows."""

    parameter: str
    module: str
    evse: int
    desired: str
    key: str | None


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """Desired beside reported, of one parameter of one station; secrets carry neither."""

    parameter: Parameter
    module: str
    evse: int
    desired: str | None
    desired_at: datetime | None
    desired_by: str | None
    reported: str | None
    reported_at: datetime | None
    read_only: bool | None
    state: ValueState
    error: str | None

    @property
    def may_be_set(self) -> bool:
        """What the profile allows and the station hasn't declared read-only."""
        return self.parameter.settable and self.parameter.write_level != "none" and not self.read_only


_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|[0-9]+")


def key_id(key: str) -> str:
    """The parameter id of a configuration key: `HeartbeatInterval` becomes `heartbeat-interval`."""
    words = _WORDS.findall(key)
    if not words:
        return f"key-{zlib.crc32(key.encode()):08x}"
    return "-".join(words).lower()[:LONGEST_ID].rstrip("-")


def measurand_id(measurand: str, location: str = "Outlet") -> str:
    """The parameter id of a measurand; a location other than the outlet is appended: `temperature-body`."""
    name = measurand.lower().replace(".", "-")
    return name if location == "Outlet" else f"{name}-{location.lower()}"


def vendor_parameter(key: str) -> Parameter:
    """A text parameter for a configuration key that no profile names; the station says whether it can be set."""
    return Parameter(
        key_id(key), key, "string", settable=True, write_level="installer", binding={"protocol": "ocpp1.6", "key": key}
    )


def as_text(parameter: Parameter, value: str | bool | float) -> str:
    """A value as the wire writes it. Raises ValueError, saying what the parameter's datatype wants."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    check = _CHECKS.get(parameter.datatype)
    if check is not None:
        check(text, parameter)
    return text


def _integer(text: str, parameter: Parameter) -> None:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()):
        raise ValueError(f"{text!r} isn't a whole number")
    if parameter.unit and int(text) < 0:
        raise ValueError(f"{text} {parameter.unit} is below zero")


def _float(text: str, parameter: Parameter) -> None:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}([.][0-9]{1,18})?", text.strip()):
        raise ValueError(f"{text!r} isn't a decimal number")


def _boolean(text: str, parameter: Parameter) -> None:
    if text.strip().lower() not in ("true", "false"):
        raise ValueError(f"{text!r} is neither true nor false")


def _enum(text: str, parameter: Parameter) -> None:
    if text not in parameter.format.split(","):
        raise ValueError(f"{text!r} isn't one of {parameter.format}")


_CHECKS: Mapping[str, Callable[[str, Parameter], None]] = {
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "enum": _enum,
}
