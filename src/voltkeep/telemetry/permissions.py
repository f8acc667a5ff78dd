"""What may be allowed about telemetry."""

from __future__ import annotations

from voltkeep.accounts.model import Permission

PERMISSIONS = (Permission("telemetry.view", "See measurements and charts of stations"),)
