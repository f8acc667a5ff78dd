"""Child processes that die with their parent, and their revival with back-off."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from voltkeep.apps.engines.accounts import Account

LAUNCHER = Path(__file__).with_name("launch.py")
POLL_S = 0.05
BACKOFF_FIRST_S = 0.2
BACKOFF_LIMIT_S = 30.0
STEADY_AFTER_S = 60.0


class EngineFailed(RuntimeError):
    """An engine can't run; the text says what to do."""


@dataclass(frozen=True)
class Command:
    """What to run: `orphan_signal` is sent by the kernel when the parent ends, `stop_signal` when we stop it."""

    name: str
    argv: tuple[str, ...]
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    grace_s: float = 20.0
    account: Account | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """One running process of ours. Must be made on a thread that lives as long as the child should."""

    def __init__(self, command: Command, output: int | IO[bytes]) -> None:
        self.command = command
        self.started = time.monotonic()
        account = command.account
        head = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid()), str(int(command.orphan_signal))]
        head += [str(account.uid), str(account.gid)] if account else ["-", "-"]
        self.process = subprocess.Popen(
            [*head, *command.argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **command.environment},
            cwd="/" if account else None,
            start_new_session=True,  # Ctrl-C is for the parent alone, which stops its children in order
        )

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: the signal that ended it."""
        return self.process.poll()

    async def wait(self) -> int:
        """Waits for the end and gives the exit code."""
        while True:
            code = self.process.poll()
            if code is not None:
                return code
            await asyncio.sleep(POLL_S)

    async def stop(self) -> int:
        """Asks it to end, and kills it when its grace is over."""
        if self.process.poll() is None:
            self.process.send_signal(self.command.stop_signal)
            try:
                async with asyncio.timeout(self.command.grace_s):
                    return await self.wait()
            except TimeoutError:
                self.process.kill()
        return await self.wait()


def backoff_s(failures: int) -> float:
    """Seconds to wait before the next try after `failures` in a row: doubled each time, with jitter."""
    longest: float = min(BACKOFF_LIMIT_S, BACKOFF_FIRST_S * 2.0 ** min(failures, 16))
    return longest * (0.5 + random.random() / 2)  # noqa: S311  jitter, not a secret


class Reports(Protocol):
    """Hears what happens to the children."""

    def died(self, name: str, exit_code: int, retry_in_s: float) -> None:
        """A child ended by itself; it is started again after `retry_in_s`."""

    def failed(self, name: str, reason: str, retry_in_s: float) -> None:
        """A new start did not work; it is tried again after `retry_in_s`."""

    def revived(self, name: str, pid: int, restarts: int) -> None:
        """A child runs again, for the `restarts`-th time."""


async def keep_alive(child: Child, start: Callable[[], Awaitable[Child]], reports: Reports) -> None:
    """Starts the child again each time it ends, until cancelled."""
    name, failures, restarts = child.command.name, 0, 0
    while True:
        code = await child.wait()
        failures = 0 if time.monotonic() - child.started > STEADY_AFTER_S else failures
        pause = backoff_s(failures)
        reports.died(name, code, pause)
        child, failures = await revive(name, start, reports, failures, pause)
        restarts += 1
        reports.revived(name, child.pid, restarts)


async def revive(
    name: str, start: Callable[[], Awaitable[Child]], reports: Reports, failures: int, pause: float
) -> tuple[Child, int]:
    """Tries until one start works; gives the child and how many tries in a row it has cost."""
    while True:
        await asyncio.sleep(pause)
        failures += 1
        try:
            return await start(), failures
        except Exception as error:  # whatever it is, the next try may work
            pause = backoff_s(failures)
            reports.failed(name, str(error), pause)
