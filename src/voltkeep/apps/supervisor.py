"""Keeps children running, and a file that says how each of them is."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from voltkeep.apps.data_folder import DataFolder
from voltkeep.apps.engines.children import Child, Command, Reports, keep_alive
from voltkeep.apps.engines.private_files import write_private
from voltkeep.kit import clock

LOG_LIMIT_BYTES = 20_000_000
LOG_CHECK_S = 30.0


class Screen(Protocol):
    """Where a person reads what happens."""

    def say(self, line: str) -> None:
        """One line."""


@dataclass
class Status:
    """How one child is: `state` is running, waiting (for its next start) or stopped; `since` is an instant in UTC."""

    name: str
    state: str
    since: str
    pid: int | None = None
    restarts: int = 0
    last_exit: int | None = None
    reason: str | None = None
    health_url: str | None = None


class Supervisor:
    """The children of one `voltkeep up`. All its methods belong to one event loop."""

    def __init__(self, place: DataFolder, screen: Screen, *, show_logs: bool = False) -> None:
        self._place = place
        self._screen = screen
        self._show_logs = show_logs
        self._statuses: dict[str, Status] = {}
        self._children: dict[str, Child] = {}
        self._watchers: list[asyncio.Task[None]] = []

    def died(self, name: str, exit_code: int, retry_in_s: float) -> None:
        """Writes down that a child ended by itself."""
        reason = exit_words(exit_code)
        if exit_code > 0:
            reason += f": {last_line(self._place.logs / f'{name}.log')}"
        self._screen.say(f"{name} ended ({reason}); starting it again in {retry_in_s:.1f} s")
        self._note(name, state="waiting", pid=None, last_exit=exit_code, reason=reason)

    def failed(self, name: str, reason: str, retry_in_s: float) -> None:
        """Writes down that a new start did not work."""
        self._screen.say(f"{name} did not start ({reason}); trying again in {retry_in_s:.1f} s")
        self._note(name, state="waiting", pid=None, reason=reason)

    def revived(self, name: str, pid: int, restarts: int) -> None:
        """Writes down that a child runs again."""
        self._screen.say(f"{name} runs again (pid {pid}, restart {restarts})")
        self._note(name, state="running", pid=pid, restarts=restarts, reason=None)

    def add_engine(self, name: str, pid: int | None, watch: Callable[[Reports], Awaitable[None]]) -> None:
        """Watches over an engine that runs already and knows how to start itself."""
        self._note(name, state="running", pid=pid)
        self._watchers.append(asyncio.ensure_future(watch(self)))

    def add(self, command: Command, *, health_url: str | None = None) -> None:
        """Starts a child and watches over it."""
        child = self._start(command)
        self._note(command.name, state="running", pid=child.pid, health_url=health_url)

        async def again() -> Child:
            return self._start(command)

        self._watchers.append(asyncio.ensure_future(keep_alive(child, again, self)))

    def look_after(self, work: Coroutine[None, None, None]) -> None:
        """Runs something else until the end."""
        self._watchers.append(asyncio.ensure_future(work))

    def restart_roles(self, why: str) -> None:
        """Ends every role; each comes back by itself."""
        self._screen.say(f"{why}: starting the roles again")
        for name, child in self._children.items():
            if name != "fleet" and child.exit_code is None:
                child.process.send_signal(child.command.stop_signal)

    def stop_watching(self) -> None:
        """From now on a child that ends stays ended."""
        for watcher in self._watchers:
            watcher.cancel()

    async def stop(self) -> None:
        """Stops every child started here, side by side, the fleet first."""
        self.stop_watching()
        if (fleet := self._children.pop("fleet", None)) is not None:
            await fleet.stop()
        await asyncio.gather(*(child.stop() for child in self._children.values()))
        for name in self._statuses:
            self._note(name, state="stopped", pid=None)

    def kill(self) -> None:
        """Kills every child started here at once."""
        for child in self._children.values():
            child.process.kill()

    def _start(self, command: Command) -> Child:
        if self._show_logs:
            child = Child(command, output=2)
        else:
            with (self._place.logs / f"{command.name}.log").open("ab") as output:
                child = Child(command, output)
        self._children[command.name] = child
        return child

    def _note(self, name: str, **changes: object) -> None:
        now = clock.now().isoformat(timespec="milliseconds")
        status = self._statuses.setdefault(name, Status(name, "running", now))
        status.since = now
        for field, value in changes.items():
            setattr(status, field, value)
        known = {"supervisor": os.getpid(), "children": [asdict(status) for status in self._statuses.values()]}
        write_private(self._place.roles, json.dumps(known, indent=1))


def exit_words(code: int) -> str:
    """An exit code for people: a negative one is the signal that ended the process."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def last_line(log: Path, limit: int = 300) -> str:
    """What a process said last, usually why it ended."""
    if not log.exists():
        return "it said nothing"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = file.read().decode(errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()]
    return said[-1][:limit] if said else "it said nothing"


async def rotate_for_ever(folder: Path) -> None:
    """Keeps the children's log files from growing without end."""
    while True:
        await asyncio.sleep(LOG_CHECK_S)
        await asyncio.to_thread(rotate_all, folder)


def rotate_all(folder: Path) -> None:
    """Each log of the folder."""
    for file in folder.glob("*.log"):
        rotate(file)


def rotate(file: Path, limit_bytes: int = LOG_LIMIT_BYTES) -> None:
    """Moves a large log's text to `<name>.1` and empties it in place; its writer appends, so it goes on."""
    if file.stat().st_size > limit_bytes:
        shutil.copyfile(file, file.with_suffix(".log.1"))
        os.truncate(file, 0)
