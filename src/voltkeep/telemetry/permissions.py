"""What may be allowed about telemetry."""

from __future__ import annotations

from typing import Final

from voltkeep.accounts.model import Permission

TELEMETRY_VIEW: Final = "telemetry.view"

PERMISSIONS: Final = (Permission(TELEMETRY_VIEW, "See measurements and charts of stations"),)
