"""The rights over what stations have set."""

from __future__ import annotations

from typing import Final

from voltkeep.accounts.model import Permission

PARAMETER_READ: Final = "parameter.read"
PARAMETER_WRITE: Final = "parameter.write"

PERMISSIONS: Final = (
    Permission(PARAMETER_READ, "See the configuration of stations"),
    Permission(PARAMETER_WRITE, "Change the configuration of stations"),
)
