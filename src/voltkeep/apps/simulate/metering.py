"""What a meter shows, in the words of OCPP 1.6 and with the habits of the make."""

from __future__ import annotations

import random

from voltkeep.apps.simulate.characters import POWER, REGISTER, Character, Outlet
from voltkeep.apps.simulate.facts import Sampled

MAINS_V = 230.0
DIRECT_V = 400.0


def samples(
    character: Character,
    outlet: Outlet,
    *,
    measurands: tuple[str, ...],
    register_wh: int,
    power_w: float,
    soc: float,
    context: str,
    rng: random.Random,
) -> tuple[Sampled, ...]:
    """One reading of the asked measurands; what the make can't measure is left out."""
    shown: list[Sampled] = []
    for measurand in measurands:
        if measurand == REGISTER:
            shown.append(register(character, register_wh, context))
        elif measurand == POWER:
            shown.append(Sampled(f"{power_w:.0f}", POWER, "W", context=context))
        elif measurand == "SoC" and outlet.is_direct:
            shown.append(Sampled(f"{soc * 100:.0f}", "SoC", "Percent", location="EV", context=context))
        elif measurand == "Temperature":
            celsius = 24 + power_w / 8_000 + rng.uniform(-0.5, 0.5)
            shown.append(Sampled(f"{celsius:.1f}", "Temperature", "Celsius", location="Body", context=context))
        elif measurand in {"Current.Import", "Voltage"}:
            shown.extend(_electrical(measurand, outlet, power_w, context, rng))
    return tuple(shown)


def register(character: Character, register_wh: int, context: str) -> Sampled:
    """The energy register in the make's unit; kWh with three places keeps every Wh."""
    if character.register_unit == "kWh":
        return Sampled(f"{register_wh / 1000:.3f}", REGISTER, "kWh", context=context)
    return Sampled(str(register_wh), REGISTER, character.register_unit, context=context)


def _electrical(measurand: str, outlet: Outlet, power_w: float, context: str, rng: random.Random) -> list[Sampled]:
    if outlet.is_direct:
        volts = DIRECT_V + rng.uniform(-3, 3)
        return [_one(measurand, volts, power_w, "", context)]
    names = ("L1", "L2", "L3")[: outlet.phases]
    suffix = "-N" if measurand == "Voltage" else ""
    share = power_w / outlet.phases
    return [_one(measurand, MAINS_V + rng.uniform(-2, 2), share, name + suffix, context) for name in names]


def _one(measurand: str, volts: float, power_w: float, phase: str, context: str) -> Sampled:
    if measurand == "Voltage":
        return Sampled(f"{volts:.1f}", measurand, "V", phase=phase, context=context)
    return Sampled(f"{power_w / volts:.1f}", measurand, "A", phase=phase, context=context)
