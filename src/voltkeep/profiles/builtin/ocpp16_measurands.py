"""Measurands of OCPP 1.6 (edition 2, section 7.31) with the unit that is stored, phases and locations."""

from __future__ import annotations

from typing import NamedTuple


class Measurand(NamedTuple):
    """`unit` is the stored one, whatever the station sends (kWh becomes Wh)."""

    measurand: str
    name: str
    unit: str


MEASURANDS = (
    Measurand("Current.Export", "Current to the grid", "A"),
    Measurand("Current.Import", "Current to the vehicle", "A"),
    Measurand("Current.Offered", "Current offered", "A"),
    Measurand("Energy.Active.Export.Register", "Energy to the grid, register", "Wh"),
    Measurand("Energy.Active.Import.Register", "Energy to the vehicle, register", "Wh"),
    Measurand("Energy.Reactive.Export.Register", "Reactive energy to the grid, register", "varh"),
    Measurand("Energy.Reactive.Import.Register", "Reactive energy to the vehicle, register", "varh"),
    Measurand("Energy.Active.Export.Interval", "Energy to the grid, of the interval", "Wh"),
    Measurand("Energy.Active.Import.Interval", "Energy to the vehicle, of the interval", "Wh"),
    Measurand("Energy.Reactive.Export.Interval", "Reactive energy to the grid, of the interval", "varh"),
    Measurand("Energy.Reactive.Import.Interval", "Reactive energy to the vehicle, of the interval", "varh"),
    Measurand("Frequency", "Grid frequency", "Hertz"),
    Measurand("Power.Active.Export", "Power to the grid", "W"),
    Measurand("Power.Active.Import", "Power to the vehicle", "W"),
    Measurand("Power.Factor", "Power factor", ""),
    Measurand("Power.Offered", "Power offered", "W"),
    Measurand("Power.Reactive.Export", "Reactive power to the grid", "var"),
    Measurand("Power.Reactive.Import", "Reactive power to the vehicle", "var"),
    Measurand("RPM", "Fan speed", "RPM"),
    Measurand("SoC", "Battery level of the vehicle", "Percent"),
    Measurand("Temperature", "Temperature", "Celsius"),
    Measurand("Voltage", "Voltage", "V"),
)
PHASES = ("L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1")
LOCATIONS = ("Outlet", "Inlet", "Cable", "EV", "Body")
