"""Compares what stations sent and what was acknowledged with what is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg
from tests.flows.driver import Charge, Tally

SESSIONS = """
    select st.identity, s.started_at, s.transaction_id, s.token_uid, s.meter_start_wh, s.ended_at, s.meter_stop_wh,
           s.energy_wh, s.state, s.problems
      from charging_session s join station st on st.id = s.station_id
"""
READINGS = """
    select st.identity, t.ts, t.vals[slot.slot]
      from telemetry_tick t
      join station st on st.station_no = t.station_no
      join slot on slot.layout_no = t.layout_no and slot.parameter = 'energy-active-import-register' and slot.phase = ''
     where t.vals[slot.slot] is not null and t.vals[slot.slot] <> 'NaN'
"""


@dataclass
class Verdict:
    """`stored` counts facts (starts, stops, readings); the lists hold what breaks the promise."""

    stored: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Acknowledged ⊆ stored ⊆ sent, each once, and right."""
        return not (self.lost or self.doubled or self.foreign or self.wrong)

    def __str__(self) -> str:
        parts = {"lost": self.lost, "doubled": self.doubled, "foreign": self.foreign, "wrong": self.wrong}
        return "; ".join(f"{name} {len(found)} {found[:3]}" for name, found in parts.items())


def instant(text: str) -> datetime:
    """The instant that a station wrote."""
    return datetime.fromisoformat(text)


def judge(tally: Tally, connection: psycopg.Connection[Any]) -> Verdict:
    """Everything the stations know beside everything that is stored."""
    verdict = Verdict()
    sent = {(charge.identity, instant(charge.started_at)): charge for charge in tally.charges}
    rows = connection.execute(SESSIONS).fetchall()
    _sessions(verdict, sent, rows)
    _readings(verdict, tally.charges, connection.execute(READINGS).fetchall())
    return verdict


def _sessions(verdict: Verdict, sent: dict[tuple[str, datetime], Charge], rows: list[Any]) -> None:
    times = Counter((row[0], row[1]) for row in rows)
    verdict.doubled += [f"session {key}" for key, count in times.items() if count > 1]
    verdict.foreign += [f"session {key}" for key in times.keys() - sent.keys()]
    verdict.lost += [f"start {key}" for key, charge in sent.items() if charge.start_acknowledged and key not in times]
    for row in rows:
        charge = sent.get((row[0], row[1]))
        if charge is not None:
            verdict.stored += 1 + (row[8] == "ended")
            _session(verdict, charge, row)


def _session(verdict: Verdict, charge: Charge, row: Any) -> None:
    _, started_at, transaction_id, card, meter_start, ended_at, meter_stop, energy, state, problems = row
    name = f"{charge.identity} {started_at:%H:%M:%S.%f}"
    if charge.start_acknowledged and str(charge.transaction_id) != transaction_id:
        verdict.wrong.append(f"{name}: transaction {transaction_id}, the station was told {charge.transaction_id}")
    if (card, meter_start) != (charge.card, Decimal(charge.meter_start)):
        verdict.wrong.append(f"{name}: began with {card} {meter_start}, sent {charge.card} {charge.meter_start}")
    if not charge.stop_acknowledged:
        return
    assert charge.stopped_at is not None
    assert charge.meter_stop is not None
    if state != "ended":
        verdict.lost.append(f"stop of {name}")
    elif (ended_at, meter_stop) != (instant(charge.stopped_at), Decimal(charge.meter_stop)):
        verdict.wrong.append(f"{name}: ended {ended_at} {meter_stop}, sent {charge.stopped_at} {charge.meter_stop}")
    elif energy != charge.meter_stop - charge.meter_start:
        verdict.wrong.append(f"{name}: {energy} Wh, the meter says {charge.meter_stop - charge.meter_start}")
    if problems:
        verdict.wrong.append(f"{name}: problems {problems}")


def _readings(verdict: Verdict, charges: list[Charge], rows: list[Any]) -> None:
    sent: dict[tuple[str, datetime], int] = {}
    edges: dict[tuple[str, datetime], int | None] = {}
    acknowledged: set[tuple[str, datetime]] = set()
    for charge in charges:
        edges[charge.identity, instant(charge.started_at)] = charge.meter_start
        if charge.stopped_at is not None:
            edges[charge.identity, instant(charge.stopped_at)] = charge.meter_stop
        for at, register in charge.readings.items():
            sent[charge.identity, instant(at)] = register
            if at in charge.readings_acknowledged:
                acknowledged.add((charge.identity, instant(at)))
    times = Counter((row[0], row[1]) for row in rows)
    verdict.stored += sum(1 for key in times if key in sent)
    verdict.lost += [f"reading {key}" for key in acknowledged - times.keys()]
    verdict.doubled += [f"reading {key}" for key, count in times.items() if count > 1]
    for identity, at, register in rows:
        known = sent.get((identity, at), edges.get((identity, at)))
        if known is None:
            verdict.foreign.append(f"reading {identity} {at} {register}")
        elif round(register) != known:
            verdict.wrong.append(f"reading {identity} {at}: {register}, sent {known}")
