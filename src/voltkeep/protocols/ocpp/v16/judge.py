"""What a station's answer means for the command that asked."""

from __future__ import annotations

from typing import Any

from voltkeep.commands.model import Command, Settled, State
from voltkeep.protocols.ocpp.v16.calling import Answer, Answered, Refused

_SILENT: dict[str, State] = {"timed-out": "timed-out", "disconnected": "unknown", "not-sent": "failed"}
# RebootRequired: the value is taken and works after a reboot (OCPP 1.6, section 7.22).
_ACCEPTED = frozenset({"Accepted", "RebootRequired", "Scheduled"})


def judge(command: Command, answer: Answer) -> Settled:
    """Accepted or rejected by its status; failed for CALLERROR and for answers that can't be understood."""
    if isinstance(answer, Refused):
        return Settled(command.id, "failed", error=f"{answer.code}: {answer.description}"[:300])
    if not isinstance(answer, Answered):
        return Settled(command.id, _SILENT[answer.why], error=answer.why)
    return _judge_payload(command, answer.payload, answer.fault)


def _judge_payload(command: Command, payload: dict[str, Any], fault: str | None) -> Settled:
    status = payload.get("status")
    if status in _ACCEPTED or (status is None and fault is None):
        return Settled(command.id, "accepted", answer=payload)
    if isinstance(status, str) and fault is None:
        return Settled(command.id, "rejected", answer=payload, error=status)
    return Settled(command.id, "failed", answer=payload, error=f"bad-answer: {fault}"[:300])
