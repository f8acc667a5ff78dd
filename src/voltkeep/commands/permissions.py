"""The rights over commands; acting on a station needs the permission that the command's kind names."""

from __future__ import annotations

from typing import Final

from voltkeep.accounts.model import Permission

COMMAND_VIEW: Final = "command.view"

PERMISSIONS: Final = (Permission(COMMAND_VIEW, "See commands, who gave them and what came of them"),)
