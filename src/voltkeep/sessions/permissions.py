"""What people may do with sessions."""

from __future__ import annotations

from voltkeep.accounts.model import Permission

PERMISSIONS = (Permission("session.view", "See charging sessions, their energy and their course"),)
