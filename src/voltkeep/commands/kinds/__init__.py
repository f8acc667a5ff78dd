"""The kinds of command that any station may understand; sessions adds those of charging."""

from __future__ import annotations

from voltkeep.commands.kinds.control import RESET, TRIGGER
from voltkeep.commands.kinds.parameters import READ_PARAMETERS, SET_PARAMETERS
from voltkeep.commands.kinds.raw import RAW

KINDS = (RESET, TRIGGER, READ_PARAMETERS, SET_PARAMETERS, *RAW)
