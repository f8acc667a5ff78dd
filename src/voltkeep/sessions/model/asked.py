"""What stations ask of sessions, already translated: Wh, W, A, V, Celsius, Percent; instants in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sampled value. `value` is None for text and enum readings, whose word is in `raw`.

    `parameter` is the unified id (`energy-active-import-register`); `phase` is '' for the total, else the OCPP
    name (`L1`, `L2-N`); `context` is the OCPP name (`Sample.Periodic`, `Transaction.Begin`).
    """

    at: datetime
    parameter: str
    value: Decimal | None
    raw: str
    unit: str = ""
    phase: str = ""
    context: str = "Sample.Periodic"
    location: str = "Outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAsked:
    """A station says that a transaction began. `meter_start` is in Wh, as sent; `at` is the device's time.

    `one_session_a_token`: the profile wants ConcurrentTx for a token that already charges elsewhere.
    """

    station_id: UUID
    station_no: int
    organisation_id: UUID
    evse: int
    connector: int
    token_uid: str
    meter_start: int | str | Decimal | None
    at: datetime
    received_at: datetime
    reservation_id: int | None = None
    one_session_a_token: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAsked:
    """A station says that a transaction ended. `samples` is its transactionData; it serves the energy alone:
    give the same samples to `record_meter_values` for the charts."""

    station_id: UUID
    station_no: int
    organisation_id: UUID
    transaction_id: int | None
    meter_stop: int | str | Decimal | None
    at: datetime
    received_at: datetime
    token_uid: str | None = None
    reason: str | None = None
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterAsked:
    """A station's readings for one EVSE (0: the station's own meter), with or without a transaction."""

    station_id: UUID
    station_no: int
    organisation_id: UUID
    layout_no: int
    evse: int
    connector: int
    transaction_id: int | None
    samples: tuple[Sample, ...]
    received_at: datetime
