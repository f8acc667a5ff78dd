"""The message schemas of OCPP 1.6 from the `ocpp` wheel, compiled once, with bounds the standard leaves open."""

from __future__ import annotations

import copy
from importlib import resources
from typing import Any

import jsonschema_rs
import orjson

from voltkeep.protocols.ocpp.frames.faults import Code, Fault

# Which constraint of JSON Schema becomes which CALLERROR code; what isn't listed is a property constraint.
_CODES = {
    "type": Code.TYPE_CONSTRAINT_VIOLATION,
    "required": Code.PROTOCOL_ERROR,
    "additionalProperties": Code.FORMATION_VIOLATION,
    "minItems": Code.OCCURENCE_CONSTRAINT_VIOLATION,
    "maxItems": Code.OCCURENCE_CONSTRAINT_VIOLATION,
}
# A connector number is stored in two bytes; no station has a thousand connectors.
MOST_CONNECTORS = 999
_BOUNDS: dict[tuple[str, str], dict[str, int]] = {
    ("StartTransaction", "connectorId"): {"minimum": 1, "maximum": MOST_CONNECTORS},
    ("StatusNotification", "connectorId"): {"minimum": 0, "maximum": MOST_CONNECTORS},
    ("MeterValues", "connectorId"): {"minimum": 0, "maximum": MOST_CONNECTORS},
    ("MeterValues", "meterValue"): {"maxItems": 1000},
    ("StopTransaction", "transactionData"): {"maxItems": 10_000},
}
_RESPONSE = "Response"


class Schemas:
    """Validators by action, one for requests and one for answers; compiling all takes about 30 ms."""

    def __init__(self, requests: dict[str, Any], answers: dict[str, Any]) -> None:
        self._requests = requests
        self._answers = answers

    @classmethod
    def load(cls) -> Schemas:
        """Compile every schema of OCPP 1.6 (the security extension included)."""
        requests: dict[str, Any] = {}
        answers: dict[str, Any] = {}
        for file in (resources.files("ocpp") / "v16" / "schemas").iterdir():
            name = file.name.removesuffix(".json")
            schema = orjson.loads(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
            place, action = (answers, name.removesuffix(_RESPONSE)) if name.endswith(_RESPONSE) else (requests, name)
            # Times are read leniently by the handlers: stations without a time zone are common.
            place[action] = jsonschema_rs.Draft4Validator(_bounded(name, schema), validate_formats=False)
        return cls(requests, answers)

    def knows(self, action: str) -> bool:
        """Whether OCPP 1.6 has this action at all."""
        return action in self._requests

    def check_request(self, action: str, payload: Any) -> Fault | None:
        """The first fault of a CALL's payload, None for a good one. The action must be known."""
        return _first_fault(self._requests[action], payload)

    def check_answer(self, action: str, payload: Any) -> Fault | None:
        """The first fault of a CALLRESULT's payload, None for a good one. The action must be known."""
        return _first_fault(self._answers[action], payload)


def _bounded(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Our bounds added, `multipleOf` taken out: 0.1 steps don't survive binary floats (limit 12.3 would fail)."""
    bounded: dict[str, Any] = _without_multiple_of(copy.deepcopy(schema))
    for (action, field), bounds in _BOUNDS.items():
        if action == name:
            bounded["properties"][field].update(bounds)
    return bounded


def _without_multiple_of(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_multiple_of(value) for key, value in node.items() if key != "multipleOf"}
    if isinstance(node, list):
        return [_without_multiple_of(value) for value in node]
    return node


def _first_fault(validator: Any, payload: Any) -> Fault | None:
    if validator.is_valid(payload):
        return None
    error = next(iter(validator.iter_errors(payload)))
    keyword = str(error.schema_path[-1]) if error.schema_path else "type"
    where = "/".join(str(step) for step in error.instance_path)
    code = _CODES.get(keyword, Code.PROPERTY_CONSTRAINT_VIOLATION)
    return Fault(code, f"{where or 'payload'}: {keyword}: {error.message}"[:255], where)
