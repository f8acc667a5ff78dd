"""GetConfiguration (OCPP 1.6, section 5.8): all keys at once, or in small groups where a station refuses that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voltkeep.profiles.model import Reported
from voltkeep.protocols.ocpp.v16.calling import Answered, Caller, Silent
from voltkeep.protocols.ocpp.v16.speaker import Speaker

ACTION = "GetConfiguration"
_GROUP = 10
_MOST_KEYS = 1000


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a station says it has: (key, value or None, read-only) each, and the keys it doesn't know."""

    keys: tuple[tuple[str, str | None, bool], ...]
    unknown: tuple[str, ...] = ()


async def read_configuration(call: Caller, station: Speaker, keys: Sequence[str] = ()) -> Configuration | None:
    """The named keys, or all. None when the station gave no usable answer."""
    answer = await call(ACTION, {"key": list(keys)} if keys else {})
    if isinstance(answer, Answered):
        found = parse(answer.payload)
        if found.keys or found.unknown or keys:
            return found
    if isinstance(answer, Silent) or 0 < len(keys) <= _GROUP:
        return None
    return await _in_groups(call, keys or [p.binding["key"] for p in station.profile.document.by_key.values()])


async def _in_groups(call: Caller, keys: Sequence[str]) -> Configuration | None:
    """Stations that can't give everything at once give ten keys (GetConfigurationMaxKeys is rarely less)."""
    found = Configuration(())
    for start in range(0, len(keys), _GROUP):
        answer = await call(ACTION, {"key": list(keys[start : start + _GROUP])})
        if isinstance(answer, Silent):
            break
        if isinstance(answer, Answered):
            part = parse(answer.payload)
            found = Configuration(found.keys + part.keys, found.unknown + part.unknown)
    return found if found.keys or found.unknown else None


def parse(payload: dict[str, Any]) -> Configuration:
    """What can be understood of GetConfiguration.conf: stations break its schema with numbers and long values."""
    listed = payload.get("configurationKey")
    unknown = payload.get("unknownKey")
    keys = [
        (entry["key"], _as_text(entry.get("value")), entry.get("readonly") is True)
        for entry in (listed if isinstance(listed, list) else [])[:_MOST_KEYS]
        if isinstance(entry, dict) and isinstance(entry.get("key"), str) and entry["key"]
    ]
    names = [key for key in (unknown if isinstance(unknown, list) else []) if isinstance(key, str)]
    return Configuration(tuple(keys), tuple(names[:_MOST_KEYS]))


def to_reported(configuration: Configuration, station: Speaker) -> list[Reported]:
    """Keys as parameters."""
    return [
        Reported(
            station_id=station.station_id,
            module="",
            evse=0,
            parameter=station.profile.parameter_for_key(key).id,
            value=value,
            read_only=read_only,
            key=key[:50],
        )
        for key, value, read_only in configuration.keys
    ]


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
