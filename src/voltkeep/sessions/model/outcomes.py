"""What callers get back: one outcome for each thing asked, in order."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from voltkeep.tokens.model import IdTagInfo


@dataclass(frozen=True, slots=True)
class StartOutcome:
    """`transaction_id` is always given, whatever the token's status (OCPP 1.6 StartTransaction.conf).

    A repeat gets the first one's outcome, with `is_new` False.
    """

    session_id: UUID
    transaction_id: int
    id_tag_info: IdTagInfo
    is_new: bool


@dataclass(frozen=True, slots=True)
class StopOutcome:
    """`id_tag_info` is None where the station named no token; `is_new` is False for a repeat.

    `evse` is the session's, where it is known: a stop doesn't say it, its transactionData belongs there.
    """

    session_id: UUID
    id_tag_info: IdTagInfo | None
    is_new: bool
    evse: int | None = None


@dataclass(frozen=True, slots=True)
class MeterOutcome:
    """The session that the readings went to, or None when they are telemetry alone."""

    session_id: UUID | None
