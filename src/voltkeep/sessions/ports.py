"""What may have a say before a session begins, without sessions knowing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from voltkeep.kit.db import Tx


@dataclass(frozen=True, slots=True)
class StartWanted:
    """Somebody wants a token to charge at an EVSE."""

    organisation_id: UUID
    station_id: UUID
    evse: int
    token_id: UUID
    token_uid: str


class StartGate(Protocol):
    """A rule of another capability: debt, a hold on a card, roaming."""

    async def check(self, tx: Tx, wanted: StartWanted, now: datetime) -> None:
        """Raise a Refusal that says why not, or return."""
