"""What people may do with tokens."""

from __future__ import annotations

from voltkeep.accounts.model import Permission

PERMISSIONS = (
    Permission("token.view", "See the list of tokens"),
    Permission("token.manage", "Add, block and change tokens"),
)
