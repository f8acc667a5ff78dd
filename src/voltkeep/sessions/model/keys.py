"""What makes two messages the same: their content, since a retry may come over another connection."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from voltkeep.sessions.model.asked import StartAsked, StopAsked

MOST_TRANSACTION_ID = 2**31 - 1


def draw_transaction_id() -> int:
    """A random positive 31-bit number: no station can guess another's."""
    return secrets.randbelow(MOST_TRANSACTION_ID) + 1


def start_key(ask: StartAsked) -> bytes:
    """Hash of station, EVSE, token, device time and meter: equal for repeats of one StartTransaction."""
    return _hash("start", ask.station_id.hex, ask.evse, ask.token_uid.upper(), ask.at.isoformat(), ask.meter_start)


def again_key(key: bytes, received_at: datetime) -> bytes:
    """The key of a start that says exactly what an earlier, finished one said."""
    return _hash("again", key.hex(), received_at.isoformat())


def stop_key(ask: StopAsked) -> bytes:
    """The key of a session made of a stop alone."""
    token = (ask.token_uid or "").upper()
    return _hash("stop", ask.station_id.hex, ask.transaction_id, token, ask.at.isoformat(), ask.meter_stop)


def _hash(*parts: object) -> bytes:
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=16).digest()
