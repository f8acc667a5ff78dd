"""OCPP messages as they are, checked against the standard's own schemas."""

from __future__ import annotations

import importlib.util
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import jsonschema_rs
import orjson
from pydantic import RootModel, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from voltkeep.accounts.model import Actor
from voltkeep.commands.actions.kind import MOST_ERRORS, CommandKind
from voltkeep.commands.kinds.parameters import hidden_value
from voltkeep.commands.model import Prepared
from voltkeep.kit.db import Tx
from voltkeep.profiles.permissions import PARAMETER_READ, PARAMETER_WRITE
from voltkeep.stations.model import Station
from voltkeep.stations.permissions import STATION_CONTROL


@cache
def schema_of(action: str) -> dict[str, Any]:
    """The schema of an OCPP 1.6 request, from the distribution `ocpp`."""
    found = importlib.util.find_spec("ocpp")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The distribution `ocpp` is missing: install the package again")
    folder = Path(found.submodule_search_locations[0]) / "v16" / "schemas"
    schema: dict[str, Any] = orjson.loads((folder / f"{action}.json").read_bytes().removeprefix(b"\xef\xbb\xbf"))
    return schema


class RawArguments(RootModel[dict[str, Any]]):
    """A payload that fits the schema of its action; every fault is told with its place."""

    action: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def fits(cls, payload: Any) -> Any:
        """Raises ValidationError."""
        faults = list(_validator(cls.action).iter_errors(payload))[:MOST_ERRORS]
        if not faults:
            return payload
        details = [
            InitErrorDetails(
                type=PydanticCustomError("schema", "{fault}", {"fault": fault.message[:300]}),
                loc=tuple(fault.instance_path),
                input=payload,
            )
            for fault in faults
        ]
        raise ValidationError.from_exception_data(cls.__name__, details)

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
        """The standard's own schema."""
        return schema_of(cls.action)


@cache
def _validator(action: str) -> Any:
    return jsonschema_rs.validator_for(schema_of(action))


def _arguments(action: str) -> type[RawArguments]:
    return type(f"{action}Arguments", (RawArguments,), {"action": action, "__module__": __name__})


async def _on_connector(tx: Tx, actor: Actor, station: Station, arguments: RawArguments, now: datetime) -> Prepared:
    return Prepared(evse=arguments.root.get("connectorId") or None)


async def _change(tx: Tx, actor: Actor, station: Station, arguments: RawArguments, now: datetime) -> Prepared:
    return Prepared(secrets=("value",) if await hidden_value(tx, station, arguments.root["key"]) else ())


RAW = (
    CommandKind(
        "ocpp.GetConfiguration", "OCPP GetConfiguration", PARAMETER_READ, _arguments("GetConfiguration"), read_only=True
    ),
    CommandKind(
        "ocpp.ChangeConfiguration",
        "OCPP ChangeConfiguration",
        PARAMETER_WRITE,
        _arguments("ChangeConfiguration"),
        _change,
    ),
    CommandKind(
        "ocpp.TriggerMessage",
        "OCPP TriggerMessage",
        STATION_CONTROL,
        _arguments("TriggerMessage"),
        _on_connector,
        read_only=True,
        expires_s=60,
    ),
    CommandKind("ocpp.Reset", "OCPP Reset", STATION_CONTROL, _arguments("Reset")),
    CommandKind(
        "ocpp.RemoteStartTransaction",
        "OCPP RemoteStartTransaction",
        STATION_CONTROL,
        _arguments("RemoteStartTransaction"),
        _on_connector,
        expires_s=60,
    ),
    CommandKind(
        "ocpp.RemoteStopTransaction",
        "OCPP RemoteStopTransaction",
        STATION_CONTROL,
        _arguments("RemoteStopTransaction"),
        expires_s=60,
    ),
)
