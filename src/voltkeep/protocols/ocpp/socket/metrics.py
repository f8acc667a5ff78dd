"""What this process tells Prometheus about OCPP."""

from __future__ import annotations

from functools import lru_cache

from prometheus_client import Counter, Gauge, Histogram

CONNECTIONS = Gauge("voltkeep_ocpp_connections", "Stations connected to this process")
MESSAGES = Counter("voltkeep_ocpp_messages_total", "OCPP messages by action and direction", ["action", "direction"])
FAULTS = Counter("voltkeep_ocpp_faults_total", "Frames that were refused or couldn't be read, by code", ["code"])
LATENCY = Histogram(
    "voltkeep_ocpp_handler_seconds",
    "From a message to its answer",
    ["action"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
HANDSHAKES_REFUSED = Counter("voltkeep_ocpp_handshakes_refused_total", "Handshakes refused, by reason", ["reason"])
CLOSED = Counter("voltkeep_ocpp_connections_closed_total", "Connections that ended, by reason", ["reason"])
CALLS_UNANSWERED = Counter("voltkeep_ocpp_calls_unanswered_total", "Calls to stations without an answer", ["why"])
LATE_ANSWERS = Counter("voltkeep_ocpp_late_answers_total", "Answers that nobody waited for any more")
BATCH_WAITING = Gauge("voltkeep_ocpp_batch_waiting", "Messages that wait for their batch", ["batch"])


@lru_cache(maxsize=512)
def messages(action: str, direction: str) -> Counter:
    """The counter of one action; remembered, since the lookup by labels takes a lock with each message."""
    return MESSAGES.labels(action, direction)


@lru_cache(maxsize=256)
def latency(action: str) -> Histogram:
    """The histogram of one action, remembered as well."""
    return LATENCY.labels(action)
