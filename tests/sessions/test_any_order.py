"""Whatever is doubled, late or out of order: one session a transaction, its energy right, never negative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

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
    began_s: int
    register: int
    at_s: int
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

    @rule(evse=st.sampled_from([1, 2]), register=st.integers(0, 50_000), step=st.integers(1, 300))
    def plug(self, evse: int, register: int, step: int) -> None:
        """A car begins to charge where none does; the start always arrives first, since its answer names it."""
        current = self.at_evse.get(evse)
        if current is not None and current.stop_wh is None:
            return
        self.clock += step
        ask = start(evse=evse, meter_start=register, at=at(self.clock), received_at=ARRIVAL)
        charge = Charge(ask, self.clock, register, self.clock)
        self.at_evse[evse] = charge
        self.charges.append(charge)
        self._start(charge)
        self.delivered.append(lambda: self._start(charge))

    @rule(evse=st.sampled_from([1, 2]), gain=st.integers(0, 5_000), step=st.integers(1, 900), is_lost=st.booleans())
    def charge_on(self, evse: int, gain: int, step: int, is_lost: bool) -> None:
        """The register moves; the reading is kept to be sent some time."""
        charge = self.at_evse.get(evse)
        if charge is None or charge.stop_wh is not None:
            return
        self.clock += step
        charge.register += gain
        if not is_lost:
            charge.meters.append((self.clock, charge.register))

    @precondition(lambda self: any(charge.meters for charge in self.charges))
    @rule(data=st.data(), times=st.integers(1, 2))
    def deliver_reading(self, data: st.DataObject, times: int) -> None:
        """Any kept reading of any transaction arrives, before or after its stop."""
        charge = data.draw(st.sampled_from([charge for charge in self.charges if charge.meters]))
        seconds, wh = charge.meters.pop(data.draw(st.integers(0, len(charge.meters) - 1)))
        ask = meter(charge.transaction_id, sample(seconds, wh), evse=charge.start.evse, received_at=ARRIVAL)
        self._meter(charge, ask, wh, times)
        self.delivered.append(lambda: self._meter(charge, ask, wh, 1))

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
        self.delivered.append(lambda: self._stop(ask))

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

    def _start(self, charge: Charge) -> None:
        (outcome,) = self.desk.start(charge.start, now=ARRIVAL)
        assert charge.transaction_id in (None, outcome.transaction_id)
        charge.transaction_id = outcome.transaction_id

    def _meter(self, charge: Charge, ask: MeterAsked, wh: int, times: int) -> None:
        self.desk.meter(*[ask] * times, now=ARRIVAL)
        charge.told_wh = max(charge.told_wh, wh - int(str(charge.start.meter_start)))

    def _stop(self, ask: StopAsked) -> None:
        self.desk.stop(ask, now=ARRIVAL)


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
