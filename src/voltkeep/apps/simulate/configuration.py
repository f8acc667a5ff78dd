"""A station's configuration keys (OCPP 1.6, 9), which it really obeys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltkeep.apps.simulate.characters import Character

Answer = Literal["Accepted", "Rejected", "RebootRequired", "NotSupported"]


@dataclass(frozen=True)
class Key:
    """One key: its first value, what may be written to it, and whether it is read at all."""

    value: str
    kind: Literal["integer", "boolean", "measurands", "text"] = "text"
    read_only: bool = False
    secret: bool = False
    low: int = 0
    high: int = 86_400
    reboot: bool = False


def keys_of(character: Character) -> dict[str, Key]:
    """The keys of one make, with the values it leaves the factory with."""
    measurands = ",".join(character.measurands[:1])
    return {
        "HeartbeatInterval": Key("600", "integer", low=5),
        "MeterValueSampleInterval": Key(str(character.sample_interval_s), "integer"),
        "ClockAlignedDataInterval": Key("0", "integer"),
        "MeterValuesSampledData": Key(measurands, "measurands"),
        "MeterValuesAlignedData": Key(measurands, "measurands"),
        "StopTxnSampledData": Key(measurands if character.closes_with_data else "", "measurands"),
        "StopTxnAlignedData": Key("", "measurands"),
        "WebSocketPingInterval": Key("60", "integer"),
        "ConnectionTimeOut": Key("120", "integer", low=10, high=3600),
        "AuthorizeRemoteTxRequests": Key("false", "boolean"),
        "LocalAuthorizeOffline": Key("true", "boolean"),
        "LocalPreAuthorize": Key("false", "boolean"),
        "StopTransactionOnEVSideDisconnect": Key("true", "boolean"),
        "StopTransactionOnInvalidId": Key("true", "boolean"),
        "UnlockConnectorOnEVSideDisconnect": Key("true", "boolean"),
        "TransactionMessageAttempts": Key("3", "integer", low=1, high=100),
        "TransactionMessageRetryInterval": Key("10", "integer", low=1, high=3600),
        "ResetRetries": Key("1", "integer", high=10),
        "ConnectorPhaseRotation": Key("0.RST", reboot=True),
        "AuthorizationKey": Key("", secret=True),
        "NumberOfConnectors": Key(str(len(character.outlets)), "integer", read_only=True),
        "GetConfigurationMaxKeys": Key("64", "integer", read_only=True),
        "SupportedFeatureProfiles": Key("Core,RemoteTrigger", read_only=True),
        "LedBrightness": Key("80", "integer", high=100),
    }


class Configuration:
    """The keys and their present values; names are matched without regard to case (OCPP 1.6, 9)."""

    def __init__(self, character: Character) -> None:
        self._keys = keys_of(character)
        self._names = {name.lower(): name for name in self._keys}
        self._values = {name: key.value for name, key in self._keys.items()}
        self._known = {"", *character.measurands}

    def integer(self, name: str) -> int:
        """The value of a number key."""
        return int(self._values[name])

    def boolean(self, name: str) -> bool:
        """The value of a yes-or-no key."""
        return self._values[name].lower() == "true"

    def measurands(self, name: str) -> tuple[str, ...]:
        """The measurands of a list key, in order."""
        return tuple(part for part in self._values[name].split(",") if part)

    def change(self, name: str, value: str) -> Answer:
        """Takes a new value if the key allows it (OCPP 1.6, 5.3)."""
        known = self._names.get(name.lower())
        if known is None:
            return "NotSupported"
        key = self._keys[known]
        if key.read_only or not self._fits(key, value):
            return "Rejected"
        self._values[known] = value.replace(" ", "") if key.kind == "measurands" else value
        return "RebootRequired" if key.reboot else "Accepted"

    def read(self, names: list[str]) -> tuple[list[tuple[str, bool, str | None]], list[str]]:
        """(name, read-only, value) of the asked keys, of all when none are named; and the names nobody knows."""
        wanted = names or list(self._keys)
        known = [self._names[name.lower()] for name in wanted if name.lower() in self._names]
        unknown = [name for name in wanted if name.lower() not in self._names]
        return [(name, self._keys[name].read_only, self._shown(name)) for name in known], unknown

    def _shown(self, name: str) -> str | None:
        return None if self._keys[name].secret else self._values[name]

    def _fits(self, key: Key, value: str) -> bool:
        if key.kind == "integer":
            return value.isascii() and value.isdigit() and key.low <= int(value) <= key.high
        if key.kind == "boolean":
            return value.lower() in {"true", "false"}
        if key.kind == "measurands":
            return all(part.strip() in self._known for part in value.split(","))
        return len(value) <= 500
