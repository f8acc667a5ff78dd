"""Whatever is doubled, late or out of order: one session a transaction, its energy right, never negative."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.sessions.desk import Desk
from tests.sessions.makers import at, meter, sample, start, stop

from voltkeep.sessions.model import MeterAsked, StartAsked, StopAsked

ARRIVAL = at(50_000)


@dataclass
class Charge:
    """What really happened at one EVSE."""

    start: StartAsked
    register: int
    transaction_id: int | None = None
    stop_wh: int | None = None
    told_wh: int = 0
    meters: list[tuple[int, int]] = field(default_factory=list)


class Deliveries(RuleBasedStateMachine):
    """Two EVSEs charge one car after another; their messages arrive as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.clock = 0
        self.charges: list[Charge] = []
        self.at_evse: dict[int, Charge] = {}
        self.delivered: list[Callable[[], object]] = []

    @rule(
        evse=st.sampled_from([1, 2]),
        register=st.integers(0, 50_000),
        gains=st.lists(st.integers(0, 5_000), max_size=5),
        step=st.integers(1, 900),
    )
    def charge(self, evse: int, register: int, gains: list[int], step: int) -> None:
        """A car charges, plugged in first where none is; its readings are kept to be sent some time."""
        charge = self.at_evse.get(evse)
        if charge is None or charge.stop_wh is not None:
            charge = self._plug(evse, register)
        for gain in gains:
            self.clock += step
            charge.register += gain
            charge.meters.append((self.clock, charge.register))

    @precondition(lambda self: any(charge.meters for charge in self.charges))
    @rule(data=st.data(), times=st.integers(1, 2))
    def deliver_readings(self, data: st.DataObject, times: int) -> None:
        """Some kept readings of any transaction arrive in any order, before or after its stop."""
        charge = data.draw(st.sampled_from([charge for charge in self.charges if charge.meters]))
        picked = data.draw(st.lists(st.sampled_from(charge.meters), min_size=1, unique=True))
        for seconds, wh in picked:
            charge.meters.remove((seconds, wh))
            ask = meter(charge.transaction_id, sample(seconds, wh), evse=charge.start.evse, received_at=ARRIVAL)
            self._meter(charge, ask, wh, times)
            self.delivered.append(partial(self._meter, charge, ask, wh, 1))

    @rule(evse=st.sampled_from([1, 2]), gain=st.integers(0, 2_000), nameless=st.booleans())
    def unplug(self, evse: int, gain: int, nameless: bool) -> None:
        """The car leaves; its stop arrives now, once or twice, by name or without."""
        charge = self.at_evse.get(evse)
        if charge is None or charge.stop_wh is not None:
            return
        self.clock += 60
        charge.register += gain
        charge.stop_wh = charge.register
        others = [other for other in self.charges if other is not charge and other.stop_wh is None]
        name = 0 if nameless and not others else charge.transaction_id
        ask = stop(name, meter_stop=charge.register, at=at(self.clock), received_at=ARRIVAL)
        self._stop(ask)
        self.delivered.append(partial(self._stop, ask))

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """Anything that came before comes again."""
        data.draw(st.sampled_from(self.delivered))()

    @invariant()
    def one_session_a_transaction_with_the_right_energy(self) -> None:
        """The stop's register counts, else the highest that was told."""
        assert len(self.desk.sessions) == len(self.charges)
        by_id = {session.transaction_id: session for session in self.desk.sessions.values()}
        for charge in self.charges:
            session = by_id[str(charge.transaction_id)]
            begun = Decimal(str(charge.start.meter_start))
            expected = charge.stop_wh - begun if charge.stop_wh is not None else charge.told_wh
            assert session.energy_wh == expected
            assert session.state == ("active" if charge.stop_wh is None else "ended")

    def _plug(self, evse: int, register: int) -> Charge:
        self.clock += 60
        ask = start(evse=evse, meter_start=register, at=at(self.clock), received_at=ARRIVAL)
        charge = Charge(ask, register)
        self.at_evse[evse] = charge
        self.charges.append(charge)
        self._start(charge)
        self.delivered.append(partial(self._start, charge))
        return charge

    def _start(self, charge: Charge) -> None:
        (outcome,) = self.desk.start(charge.start, now=ARRIVAL)
        assert charge.transaction_id in (None, outcome.transaction_id)
        charge.transaction_id = outcome.transaction_id

    def _meter(self, charge: Charge, ask: MeterAsked, wh: int, times: int) -> None:
        self.desk.meter(*[ask] * times, now=ARRIVAL)
        charge.told_wh = max(charge.told_wh, wh - int(str(charge.start.meter_start)))

    def _stop(self, ask: StopAsked) -> None:
        self.desk.stop(ask, now=ARRIVAL)


SCALE = float(os.environ.get("VOLTKEEP_TEST_SCALE", "1"))

TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(max_examples=int(80 * SCALE), stateful_step_count=30, deadline=None)
