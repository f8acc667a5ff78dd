"""The charging session: one per transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from uuid import UUID

import msgspec

from voltkeep.kit.ids import new_id

SessionState = Literal["active", "ended"]

# A device's clock outside this span isn't believed; the time of arrival is taken.
EARLIEST_BELIEVED = timedelta(days=30)
LATEST_BELIEVED = timedelta(minutes=5)

LARGEST_EVSE = 1000
LARGEST_WH = Decimal(10) ** 15


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A charging session as stored; a struct, since hot decisions copy it often.

    Energies are exact Wh; `power_w` and `soc_percent` are the newest by time.
    """

    id: UUID
    organisation_id: UUID
    station_id: UUID
    station_no: int
    evse: int | None
    connector: int | None
    transaction_id: str
    start_key: bytes
    token_id: UUID | None
    token_uid: str | None
    authorization_status: str
    state: SessionState
    started_at: datetime
    received_at: datetime
    last_heard_at: datetime
    ended_at: datetime | None = None
    meter_start_wh: Decimal | None = None
    meter_last_wh: Decimal | None = None
    meter_last_at: datetime | None = None
    meter_stop_wh: Decimal | None = None
    interval_wh: Decimal = Decimal(0)
    energy_wh: Decimal | None = None
    power_w: float | None = None
    power_at: datetime | None = None
    soc_percent: float | None = None
    soc_at: datetime | None = None
    stop_reason: str | None = None
    stop_token_uid: str | None = None
    ended_by: str | None = None
    command_id: UUID | None = None
    resumed_from: UUID | None = None
    problems: tuple[str, ...] = ()
    raw: dict[str, Any] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something uncommon in a session's life that is worth telling."""

    session_id: UUID
    at: datetime
    kind: str
    details: dict[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)


def with_problem(problems: tuple[str, ...], problem: str) -> tuple[str, ...]:
    """The problems and this one; each is named once."""
    return problems if problem in problems else (*problems, problem)


def clean(text: str) -> str:
    """Text that PostgreSQL can hold: a station may send NUL."""
    return text.replace("\0", "\ufffd")


def to_wh(value: int | str | Decimal | None) -> Decimal | None:
    """A register as sent, exact; None where it is missing, no number, or beyond any meter."""
    if value is None:
        return None
    try:
        wh = Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    return wh if wh.is_finite() and abs(wh) < LARGEST_WH else None


def believed(at: datetime, received_at: datetime) -> tuple[datetime, bool]:
    """The device's time, or the time of arrival where the device's clock can't be right; whether it was believed."""
    if received_at - EARLIEST_BELIEVED <= at <= received_at + LATEST_BELIEVED:
        return at, True
    return received_at, False


def sane_evse(number: int) -> int | None:
    """An EVSE or connector number that a station may have, or None."""
    return number if 0 <= number <= LARGEST_EVSE else None
