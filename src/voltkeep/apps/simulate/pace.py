"""Two clocks: cars live on a simulated one that may run faster, messages carry the real one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from voltkeep.kit import clock


@dataclass(frozen=True)
class Moment:
    """The same instant twice: `at` really, in UTC, and `simulated_s` seconds since the fleet began."""

    at: datetime
    simulated_s: float
    hour: int


class Pace:
    """Simulated time runs `speed` times as fast as real time.

    Intervals that the platform configures stay real; a car charges, comes and goes faster, so that at a speed of 10
    the register rises ten times as fast as the power tells.
    """

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._began_at = clock.now()
        self._began_s = clock.monotonic_s()

    def moment(self) -> Moment:
        """Now, on both clocks."""
        real_s = clock.monotonic_s() - self._began_s
        simulated_s = real_s * self.speed
        hour = (self._began_at + timedelta(seconds=simulated_s)).hour
        return Moment(clock.now(), simulated_s, hour)

    def real_s(self, simulated_s: float) -> float:
        """How long a simulated spell really lasts, in seconds."""
        return simulated_s / self.speed
