"""Instants as stations write them, and as we write them to stations."""

from __future__ import annotations

from datetime import UTC, datetime

from voltkeep.protocols.ocpp.frames import Code, OcppFault


def parse_time(text: str) -> datetime | None:
    """An RFC 3339 instant in UTC; without a zone it is UTC, as many stations mean it. None for anything else."""
    try:
        at = datetime.fromisoformat(text.strip())
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def need_time(text: str, field: str) -> datetime:
    """As `parse_time`; raises OcppFault naming the field."""
    at = parse_time(text)
    if at is None:
        raise OcppFault(Code.PROPERTY_CONSTRAINT_VIOLATION, f"{field}: not a date-time (RFC 3339)", where=field)
    return at


def to_wire_time(at: datetime) -> str:
    """Milliseconds and `Z`: some stations can't read microseconds or an offset."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
