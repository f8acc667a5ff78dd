"""Samples as telemetry: numbers into ticks, words into state changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from voltkeep.kit.db import Tx
from voltkeep.profiles.actions.slots import SlotCache
from voltkeep.profiles.model import SlotKey
from voltkeep.sessions.model.asked import MeterAsked, Sample
from voltkeep.sessions.model.session import clean
from voltkeep.telemetry.actions.record_states import record_states
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.model import StateChange, Tick

LayoutSlots = dict[int, dict[SlotKey, int]]


async def record_readings(asked: Sequence[MeterAsked], *, tx: Tx, slots: SlotCache, now: datetime) -> None:
    """Store every sample; those that aren't believed are set aside by telemetry."""
    places = await _places(asked, tx, slots)
    ticks = [tick for ask in asked for tick in _ticks(ask, places[ask.layout_no])]
    words = [_word(ask, sample) for ask in asked for sample in ask.samples if sample.value is None]
    if ticks:
        await record_ticks(tx, ticks, now=now)
    if words:
        await record_states(tx, words, now=now)


async def _places(asked: Sequence[MeterAsked], tx: Tx, slots: SlotCache) -> LayoutSlots:
    wanted: dict[int, set[SlotKey]] = {}
    for ask in asked:
        keys = wanted.setdefault(ask.layout_no, set())
        keys.update(_key(sample) for sample in ask.samples if sample.value is not None)
    return {layout_no: await slots.resolve(tx, layout_no, keys) for layout_no, keys in wanted.items()}


def _ticks(ask: MeterAsked, places: dict[SlotKey, int]) -> list[Tick]:
    values: dict[datetime, dict[int, float]] = {}
    for sample in ask.samples:
        slot = None if sample.value is None else places.get(_key(sample))
        if slot is not None and sample.value is not None:
            values.setdefault(sample.at, {})[slot] = _float(sample.value)
    return [Tick(ask.station_no, ask.evse, ask.layout_no, at, told) for at, told in values.items()]


def _key(sample: Sample) -> SlotKey:
    return SlotKey(clean(sample.parameter), "", clean(sample.phase), sample.unit)


def _word(ask: MeterAsked, sample: Sample) -> StateChange:
    return StateChange(ask.station_no, ask.evse, clean(sample.parameter), "", sample.at, clean(sample.raw))


def _float(value: Decimal) -> float:
    # A signalling NaN raises where any other value converts.
    return float("nan") if value.is_snan() else float(value)
