"""The rights over people, API tokens, the audit trail and the health page."""

from __future__ import annotations

from typing import Final

from voltkeep.accounts.model import Permission

PEOPLE_MANAGE: Final = "people.manage"
API_TOKEN_MANAGE: Final = "api-token.manage"  # noqa: S105  the name of a right, not a secret
AUDIT_VIEW: Final = "audit.view"
HEALTH_VIEW: Final = "health.view"

PERMISSIONS: Final = (
    Permission(PEOPLE_MANAGE, "See people, add them and change what they may do"),
    Permission(API_TOKEN_MANAGE, "See, create and revoke API tokens"),
    Permission(AUDIT_VIEW, "See who did what"),
    Permission(HEALTH_VIEW, "See the state of the platform itself"),
)
