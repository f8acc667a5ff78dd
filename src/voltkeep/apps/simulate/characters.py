"""Makes of station that the fleet is drawn from; each has habits that real stations have."""

from __future__ import annotations

import random
from dataclasses import dataclass

REGISTER = "Energy.Active.Import.Register"
POWER = "Power.Active.Import"


@dataclass(frozen=True)
class Outlet:
    """One connector: what it can give at most, and over how many phases (0: direct current)."""

    max_w: float
    phases: int

    @property
    def is_direct(self) -> bool:
        """Whether the car is fed direct current, past its own charger."""
        return self.phases == 0


@dataclass(frozen=True)
class Character:
    """A make of station.

    `register_unit` is Wh, kWh or empty (OCPP 1.6, 7.34: no unit means Wh). `closes_with_data`: the stop carries the
    register at begin and end (transactionData). `resumes`: a charge goes on after a power cut.
    """

    key: str
    vendor: str
    model: str
    firmware: str
    outlets: tuple[Outlet, ...]
    measurands: tuple[str, ...]
    register_unit: str = "Wh"
    sample_interval_s: int = 60
    closes_with_data: bool = False
    resumes: bool = False


CHARACTERS = (
    Character(
        key="ac22",
        vendor="Nordwatt",
        model="Duo 22",
        firmware="4.2.1",
        outlets=(Outlet(22_000, 3), Outlet(22_000, 3)),
        measurands=(REGISTER, POWER, "Current.Import", "Voltage"),
        register_unit="",
        resumes=True,
    ),
    Character(
        key="dc150",
        vendor="Helion",
        model="HPC-150",
        firmware="2.11.0-r3",
        outlets=(Outlet(150_000, 0),),
        measurands=(REGISTER, POWER, "SoC", "Temperature", "Voltage", "Current.Import"),
        register_unit="kWh",
        sample_interval_s=15,
        closes_with_data=True,
    ),
    Character(
        key="home7",
        vendor="Lumen Home",
        model="Wall 7.4",
        firmware="1.0.9",
        outlets=(Outlet(7_400, 1),),
        measurands=(REGISTER, POWER, "Current.Import"),
        closes_with_data=True,
    ),
)
SHARES = (5, 2, 3)


def draw_character(rng: random.Random) -> Character:
    """Mostly street AC, some homes, a few fast ones."""
    return rng.choices(CHARACTERS, SHARES)[0]
