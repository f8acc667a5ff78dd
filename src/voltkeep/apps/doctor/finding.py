"""One line of the doctor's report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`detail` says what was found; for a warning or a failure, `advice` says what to do."""

    level: Literal["ok", "warn", "fail"]
    name: str
    detail: str
    advice: str = ""


def ok(name: str, detail: str) -> Finding:
    """Nothing to do."""
    return Finding("ok", name, detail)


def warn(name: str, detail: str, advice: str) -> Finding:
    """It works, but not for ever."""
    return Finding("warn", name, detail, advice)


def fail(name: str, detail: str, advice: str) -> Finding:
    """It can't work like this."""
    return Finding("fail", name, detail, advice)
