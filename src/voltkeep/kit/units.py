"""Units in types: a plain number never says whether it is W or kW."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import NewType

EnergyWh = NewType("EnergyWh", Decimal)
PowerW = NewType("PowerW", float)
CurrentA = NewType("CurrentA", float)
VoltageV = NewType("VoltageV", float)

# A factor to the unit that is stored; names are those of OCPP 1.6 UnitOfMeasure.
TO_STORED_UNIT: dict[str, tuple[str, Decimal]] = {
    "Wh": ("Wh", Decimal(1)),
    "kWh": ("Wh", Decimal(1000)),
    "varh": ("varh", Decimal(1)),
    "kvarh": ("varh", Decimal(1000)),
    "W": ("W", Decimal(1)),
    "kW": ("W", Decimal(1000)),
    "VA": ("VA", Decimal(1)),
    "kVA": ("VA", Decimal(1000)),
    "var": ("var", Decimal(1)),
    "kvar": ("var", Decimal(1000)),
    "A": ("A", Decimal(1)),
    "V": ("V", Decimal(1)),
    "Celsius": ("Celsius", Decimal(1)),
    "Celcius": ("Celsius", Decimal(1)),
    "K": ("K", Decimal(1)),
    "Percent": ("Percent", Decimal(1)),
    "Hertz": ("Hertz", Decimal(1)),
}


def whole_wh(energy: Decimal | None) -> int | None:
    """Energy as the API shows it: whole Wh, rounded once, half to even."""
    return None if energy is None else int(energy.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
