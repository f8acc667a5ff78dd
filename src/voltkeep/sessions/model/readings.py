"""Samples folded into readings: one per instant, phases summed where there is no total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from voltkeep.sessions.model.asked import Sample
from voltkeep.sessions.model.session import LARGEST_WH

REGISTER = "energy-active-import-register"
INTERVAL = "energy-active-import-interval"
POWER = "power-active-import"
SOC = "soc"

BEGIN = "Transaction.Begin"
END = "Transaction.End"
CLOCK = "Sample.Clock"

_TOLD = {REGISTER, INTERVAL, POWER, SOC}
_PHASES = {"L1": 1, "L1-N": 1, "L2": 2, "L2-N": 2, "L3": 3, "L3-N": 3}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a session wants to know of one instant and context; None where the station didn't say."""

    at: datetime
    context: str
    register_wh: Decimal | None
    interval_wh: Decimal | None
    power_w: Decimal | None
    soc_percent: Decimal | None


def fold(samples: Iterable[Sample]) -> list[Reading]:
    """Readings in the order of their time; the same instant in another context stays apart."""
    groups: dict[tuple[datetime, str], dict[str, dict[str, Decimal]]] = {}
    for sample in samples:
        if sample.parameter in _TOLD and sample.value is not None and _sane(sample.value):
            phases = groups.setdefault((sample.at, sample.context), {}).setdefault(sample.parameter, {})
            phases[sample.phase] = sample.value
    return [_reading(at, context, told) for (at, context), told in sorted(groups.items(), key=_by_time)]


def _by_time(group: tuple[tuple[datetime, str], object]) -> tuple[datetime, bool, bool]:
    at, context = group[0]
    return at, context != BEGIN, context == END


def _sane(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < LARGEST_WH


def _reading(at: datetime, context: str, told: dict[str, dict[str, Decimal]]) -> Reading:
    return Reading(
        at,
        context,
        _total(told.get(REGISTER)),
        _total(told.get(INTERVAL)),
        _total(told.get(POWER)),
        _any(told.get(SOC)),
    )


def _total(phases: dict[str, Decimal] | None) -> Decimal | None:
    """The station's own total, else the sum over L1, L2, L3 (OCPP 1.6: no phase means the overall value)."""
    if not phases:
        return None
    if "" in phases:
        return phases[""]
    lines = {_PHASES[name]: value for name, value in phases.items() if name in _PHASES}
    return sum(lines.values(), Decimal(0)) if lines else None


def _any(phases: dict[str, Decimal] | None) -> Decimal | None:
    return next(iter(phases.values()), None) if phases else None
