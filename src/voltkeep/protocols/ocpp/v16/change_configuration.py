"""ChangeConfiguration (OCPP 1.6, section 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voltkeep.profiles.model import DesiredOutcome
from voltkeep.protocols.ocpp.v16.calling import Answer, Caller, Refused, Silent

ACTION: Final = "ChangeConfiguration"
_OUTCOMES: dict[str, DesiredOutcome] = {
    "Accepted": "in-step",
    "RebootRequired": "reboot-required",
    "NotSupported": "unsupported",
    "Rejected": "rejected",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """`outcome` is None when the station gave no answer; `status` is its own word, or the reason it gave none."""

    outcome: DesiredOutcome | None
    status: str


async def change(call: Caller, key: str, value: str) -> Changed:
    """Set one key."""
    return judge(await call(ACTION, {"key": key, "value": value}))


def judge(answer: Answer) -> Changed:
    """A CALLERROR counts as rejected; a station that says nothing may or may not have taken the value."""
    if isinstance(answer, Silent):
        return Changed(None, answer.why)
    if isinstance(answer, Refused):
        return Changed("rejected", answer.code)
    status = str(answer.payload.get("status", "no-status"))
    return Changed(_OUTCOMES.get(status, "rejected"), status)
