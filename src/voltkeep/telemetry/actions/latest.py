"""The newest reading of everything a station reports."""

from __future__ import annotations

from voltkeep.kit.db import Tx
from voltkeep.profiles.actions.slots import slots_of
from voltkeep.telemetry.model import LatestValue
from voltkeep.telemetry.store.latest import latest_states, latest_values


async def latest(tx: Tx, station_no: int) -> list[LatestValue]:
    """Numbers by EVSE, parameter, module and phase, then states by EVSE, parameter and module."""
    rows = await latest_values(tx, station_no)
    slots = {layout: {s.slot: s for s in await slots_of(tx, layout)} for layout in {row.layout_no for row in rows}}
    newest: dict[tuple[int, str, str, str], LatestValue] = {}
    for row in rows:
        slot = slots[row.layout_no].get(row.slot)
        if slot is None:
            continue
        key = (row.evse, *slot.place)
        if key not in newest or newest[key].at <= row.at:
            newest[key] = LatestValue(*slot.place, row.evse, slot.unit, row.v, None, row.at)
    states = [
        LatestValue(row.parameter, row.module, "", row.evse, "", None, row.value, row.ts)
        for row in await latest_states(tx, station_no)
    ]
    return [newest[key] for key in sorted(newest)] + states
