"""The `ocpp` package's client with a simulated station behind it: answers what the platform asks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from ocpp import routing
from ocpp.v16 import ChargePoint, call_result, enums
from ocpp.v16.datatypes import KeyValue

from voltkeep.apps.simulate.configuration import Configuration
from voltkeep.apps.simulate.facts import Fact
from voltkeep.apps.simulate.pace import Pace
from voltkeep.apps.simulate.station import Station

Handler = TypeVar("Handler", bound=Callable[..., Any])
on: Callable[[enums.Action], Callable[[Handler], Handler]] = routing.on
after: Callable[[enums.Action], Callable[[Handler], Handler]] = routing.after
QUIET = logging.getLogger("voltkeep.simulate.ocpp")
QUIET.setLevel(logging.CRITICAL)


class Owner(Protocol):
    """Who runs the socket: takes the facts that a request causes."""

    def take(self, facts: list[Fact]) -> None:
        """Facts to tell the platform."""

    def trigger(self, message: str, connector: int | None) -> None:
        """The platform wants this message now."""

    def reset(self, kind: str) -> None:
        """The platform wants a reboot."""

    def changed(self, configuration: Configuration) -> None:
        """A configuration key was written."""


class Point(ChargePoint):
    """One connection of a station. A handler returns at once: a call made inside one would wait for itself."""

    def __init__(self, station: Station, connection: Any, owner: Owner, pace: Pace, answer_within_s: float) -> None:
        initialise: Callable[..., None] = super().__init__  # the client library carries no types
        initialise(station.identity, connection, answer_within_s, QUIET)
        self._station = station
        self._owner = owner
        self._pace = pace

    @on(enums.Action.get_configuration)
    def on_get_configuration(self, key: list[str] | None = None) -> call_result.GetConfiguration:
        """The keys and their values (OCPP 1.6, 5.8)."""
        known, unknown = self._station.configuration.read(key or [])
        pairs = [KeyValue(key=name, readonly=fixed, value=value) for name, fixed, value in known]
        return call_result.GetConfiguration(configuration_key=pairs, unknown_key=unknown or None)

    @on(enums.Action.change_configuration)
    def on_change_configuration(self, key: str, value: str) -> call_result.ChangeConfiguration:
        """Writes a key (OCPP 1.6, 5.3)."""
        answer = self._station.configuration.change(key, value)
        self._owner.changed(self._station.configuration)
        return call_result.ChangeConfiguration(enums.ConfigurationStatus(answer))

    @on(enums.Action.remote_start_transaction)
    def on_remote_start_transaction(
        self, id_tag: str, connector_id: int | None = None, **_: Any
    ) -> call_result.RemoteStartTransaction:
        """Takes a start from afar (OCPP 1.6, 5.11)."""
        taken = self._station.remote_start(connector_id, id_tag, self._pace.moment())
        return call_result.RemoteStartTransaction(_accepted(enums.RemoteStartStopStatus, yes=taken))

    @on(enums.Action.remote_stop_transaction)
    def on_remote_stop_transaction(self, transaction_id: int) -> call_result.RemoteStopTransaction:
        """Takes a stop from afar (OCPP 1.6, 5.12)."""
        facts = self._station.remote_stop(transaction_id, self._pace.moment())
        self._owner.take(facts or [])
        return call_result.RemoteStopTransaction(_accepted(enums.RemoteStartStopStatus, yes=facts is not None))

    @on(enums.Action.trigger_message)
    def on_trigger_message(self, requested_message: str, **_: Any) -> call_result.TriggerMessage:
        """Whether the message can be sent (OCPP 1.6, 5.17)."""
        if requested_message in {"BootNotification", "Heartbeat", "StatusNotification", "MeterValues"}:
            return call_result.TriggerMessage(enums.TriggerMessageStatus.accepted)
        return call_result.TriggerMessage(enums.TriggerMessageStatus.not_implemented)

    @after(enums.Action.trigger_message)
    def after_trigger_message(self, requested_message: str, connector_id: int | None = None, **_: Any) -> None:
        """Sends it after the answer."""
        self._owner.trigger(requested_message, connector_id)

    @on(enums.Action.reset)
    def on_reset(self, **_: Any) -> call_result.Reset:
        """A reboot is always possible."""
        return call_result.Reset(enums.ResetStatus.accepted)

    @after(enums.Action.reset)
    def after_reset(self, type: str, **_: Any) -> None:  # noqa: A002  named by the client library
        """Reboots after the answer (OCPP 1.6, 5.14)."""
        self._owner.reset(type)

    @on(enums.Action.clear_cache)
    def on_clear_cache(self) -> call_result.ClearCache:
        """There is no cache to speak of."""
        return call_result.ClearCache(enums.ClearCacheStatus.accepted)

    @on(enums.Action.unlock_connector)
    def on_unlock_connector(self, connector_id: int) -> call_result.UnlockConnector:
        """Opens the lock, which ends a charge (OCPP 1.6, 5.18)."""
        if not 1 <= connector_id <= len(self._station.connectors):
            return call_result.UnlockConnector(enums.UnlockStatus.not_supported)
        connector = self._station.connectors[connector_id - 1]
        self._owner.take(connector.stop("UnlockCommand", self._pace.moment()))
        return call_result.UnlockConnector(enums.UnlockStatus.unlocked)


def _accepted(words: Any, *, yes: bool) -> Any:
    return words.accepted if yes else words.rejected
