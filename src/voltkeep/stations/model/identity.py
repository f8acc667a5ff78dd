"""What a station may be called, and what may be stored of a stranger's words."""

from __future__ import annotations

import re

# `:` separates identity and password in Basic authentication (RFC 7617), so it can't be part of an identity.
_IDENTITY = re.compile(r"[A-Za-z0-9*_=+|@.\-]{1,48}")


def is_identity(text: str) -> bool:
    """Whether `text` may be a station's identity: 1 to 48 of `[A-Za-z0-9*_=+|@.-]`, and no mere `.` or `..`."""
    return _IDENTITY.fullmatch(text) is not None and text.strip(".") != ""


def printable(text: str | None, most: int) -> str | None:
    """Text of a stranger, fit to be stored: no NUL (PostgreSQL has none), at most `most` characters."""
    return None if text is None else text.replace("\0", "")[:most]
