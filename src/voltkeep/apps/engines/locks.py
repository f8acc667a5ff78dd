"""One owner at a time for a data folder, also after a kill -9 (the kernel drops the lock with the process)."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class FolderBusy(RuntimeError):
    """Another process uses the folder; the text names it."""


class FolderLock:
    """An exclusive `flock` on a file that names its holder's process id."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, what: str) -> None:
        """Takes the lock at once, or raises FolderBusy with the holder's process id; `what` is in its text."""
        if self._file is not None:
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(file, 32).decode().strip() or "unknown"
            os.close(file)
            raise FolderBusy(
                f"{what} is in use by another process (pid {holder}). "
                "Stop it first, or choose another VOLTKEEP_DATA_DIR."
            ) from error
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file

    def release(self) -> None:
        """Gives the lock back; the file stays."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def holder(path: Path) -> int | None:
    """The process id that holds the lock at `path`; None when nobody does, or when we may not look."""
    if not os.access(path, os.R_OK):
        return None
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read(32).decode().strip() or 0)
    return None
