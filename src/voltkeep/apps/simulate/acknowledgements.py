"""An independent account of what stations sent and what was acknowledged, one JSON object a line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import orjson

from voltkeep.apps.simulate.facts import ChargeStarted, ChargeStopped, Kept


class Account(Protocol):
    """Where a line writes down what left it and what was answered."""

    def sent(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        """Before the fact goes out, each time it does."""

    def acknowledged(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        """After the platform's answer; `transaction_id` is the platform's."""


class NoAccount:
    """Nothing is written down."""

    def sent(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        return None

    def acknowledged(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        return None


class AccountFile:
    """Each line is handed to the operating system at once, so that it outlives this process."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("ab", buffering=0)

    def sent(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        """Writes a line with `"step": "sent"`."""
        self._write("sent", station, fact, transaction_id)

    def acknowledged(self, station: str, fact: Kept, transaction_id: int | None) -> None:
        """Writes a line with `"step": "acknowledged"`."""
        self._write("acknowledged", station, fact, transaction_id)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _write(self, step: str, station: str, fact: Kept, transaction_id: int | None) -> None:
        line: dict[str, str | int | datetime | None] = {
            "step": step,
            "station": station,
            "kind": type(fact).__name__,
            "connector": fact.connector,
            "charge": fact.charge,
            "transaction_id": transaction_id,
            "at": fact.at,
        }
        if isinstance(fact, ChargeStarted | ChargeStopped):
            line["meter_wh"] = fact.meter_wh
        self._file.write(orjson.dumps(line) + b"\n")
