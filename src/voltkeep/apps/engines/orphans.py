"""What a killed parent can leave behind in a PostgreSQL data folder."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from pathlib import Path

from voltkeep.apps.engines.children import EngineFailed

FAST_WITHIN_S = 30.0
IMMEDIATE_WITHIN_S = 10.0


async def retire_orphan(data: Path) -> None:
    """Ends a server that an earlier parent left on this folder, and removes a process-id file that names a stranger.

    PostgreSQL refuses to start when the number in postmaster.pid belongs to any living process of the same user,
    which after a restart of the machine or container can be anyone.
    """
    file = data / "postmaster.pid"
    pid = _pid_in(file)
    if pid is None or not is_alive(pid):
        return
    if not _serves(pid, data):
        file.unlink(missing_ok=True)
        return
    for number, seconds in ((signal.SIGINT, FAST_WITHIN_S), (signal.SIGQUIT, IMMEDIATE_WITHIN_S)):
        if await _end(pid, number, seconds):
            return
    raise EngineFailed(f"The PostgreSQL server {pid} still runs on {data} and does not stop. End it and try again.")


async def _end(pid: int, number: signal.Signals, seconds: float) -> bool:
    try:
        os.kill(pid, number)
        async with asyncio.timeout(seconds):
            await _gone(pid)
    except ProcessLookupError:
        return True
    except TimeoutError:
        return False
    return True


async def _gone(pid: int) -> None:
    while True:
        if not is_alive(pid):
            return
        await asyncio.sleep(0.05)


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_alive(pid: int) -> bool:
    """Whether a process runs under this id; one that has ended but was not yet collected counts as gone."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, IndexError):
        return not Path("/proc/self").exists()


def _serves(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL server of this folder, which is then its working directory."""
    link = Path(f"/proc/{pid}/cwd")
    if link.exists():
        return Path(os.readlink(link)) == data.resolve()
    seen = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False, timeout=10
    )
    return "postgres" in seen.stdout and str(data) in seen.stdout
