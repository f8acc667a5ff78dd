"""What happens at a simulated station and is worth telling the platform. Instants are real ones, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class StatusChanged:
    """A connector's status; connector 0 is the station itself."""

    connector: int
    status: str
    at: datetime
    error_code: str = "NoError"


@dataclass(frozen=True)
class CardShown:
    """Somebody holds a card to the reader and waits for an answer."""

    connector: int
    card: str


@dataclass(frozen=True)
class Sampled:
    """One value of a meter reading, in the words of OCPP 1.6; empty texts are left out on the wire."""

    value: str
    measurand: str
    unit: str = ""
    phase: str = ""
    location: str = ""
    context: str = ""


@dataclass(frozen=True)
class ChargeStarted:
    """`charge` is the station's own number of the charge; the transaction id comes with the answer."""

    connector: int
    charge: int
    card: str
    meter_wh: int
    at: datetime


@dataclass(frozen=True)
class MeterRead:
    """One reading of a connector's meter during a charge."""

    connector: int
    charge: int
    at: datetime
    samples: tuple[Sampled, ...]


@dataclass(frozen=True)
class ChargeStopped:
    """The end of a charge; `card` only when a card ended it; `readings` travel with the stop (transactionData)."""

    connector: int
    charge: int
    meter_wh: int
    at: datetime
    reason: str
    card: str | None = None
    readings: tuple[MeterRead, ...] = ()


Kept = ChargeStarted | MeterRead | ChargeStopped
"""Facts that a station keeps until they are acknowledged (OCPP 1.6, 4.10)."""
Fact = StatusChanged | CardShown | Kept
