"""The rights over stations."""

from __future__ import annotations

from typing import Final

from voltkeep.accounts.model import Permission

STATION_VIEW: Final = "station.view"
STATION_CREATE: Final = "station.create"
STATION_CONTROL: Final = "station.control"
STATION_CONFIGURE: Final = "station.configure"
STATION_APPROVE: Final = "station.approve"
STATION_RETIRE: Final = "station.retire"

PERMISSIONS: Final = (
    Permission(STATION_VIEW, "See stations and their state"),
    Permission(STATION_CREATE, "Add stations"),
    Permission(STATION_CONTROL, "Start, stop, reset and steer stations"),
    Permission(STATION_CONFIGURE, "Change a station's name, site, access and password"),
    Permission(STATION_APPROVE, "Let new stations in, suspend and resume them"),
    Permission(STATION_RETIRE, "Take stations out of service for good"),
)
