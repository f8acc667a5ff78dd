"""What people may be allowed to do with the protocol log."""

from __future__ import annotations

from voltkeep.accounts.model import Permission

TRACE_VIEW = "trace.view"

PERMISSIONS = (Permission(TRACE_VIEW, "Read the protocol log of stations"),)
