"""Loops of the worker that turn more often than a cron's minute; one worker at a time turns each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from prometheus_client import Counter, Histogram

from voltkeep.kit import clock
from voltkeep.kit.db import Database
from voltkeep.kit.health import Check

LOCK_SPACE = 7_365_118
LONGEST_TURN_S = 300
LONGEST_BACK_OFF_S = 60.0

TURN_SECONDS = Histogram("voltkeep_loop_seconds", "How long a turn of a worker's loop took", ["loop"])
TURN_FAULTS = Counter("voltkeep_loop_faults_total", "Turns of a worker's loop that failed", ["loop"])

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Loop:
    """Something to do every `every_s` seconds, give or take a tenth."""

    name: str
    every_s: float
    run: Callable[[], Awaitable[object]]


class Loops:
    """Turns a table of loops side by side; a fault of one slows that one down and stops nothing."""

    def __init__(self, database: Database, loops: Sequence[Loop]) -> None:
        self._database = database
        self._loops = loops
        self._last_good_s = {loop.name: clock.monotonic_s() for loop in loops}

    @asynccontextmanager
    async def turning(self) -> AsyncIterator[None]:
        """They turn for the time of the block."""
        tasks = [asyncio.create_task(self._keep_turning(loop), name=f"loop-{loop.name}") for loop in self._loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def check(self) -> Check:
        """A check that fails while a loop hasn't had a good turn for far longer than it should."""

        async def check() -> str:
            now_s = clock.monotonic_s()
            late = [
                loop.name
                for loop in self._loops
                if now_s - self._last_good_s[loop.name] > 5 * loop.every_s + LONGEST_BACK_OFF_S
            ]
            if late:
                raise TimeoutError(f"no good turn of {', '.join(late)} for too long")
            return f"{len(self._loops)} loops turn"

        return check

    async def _keep_turning(self, loop: Loop) -> None:
        faults = 0
        wait_s = loop.every_s * random.random()  # noqa: S311  only spreads the loops over time
        while True:
            await asyncio.sleep(wait_s)
            try:
                await self.turn(loop)
                faults = 0
            except Exception as error:  # whatever it was, the next turn may do better
                faults += 1
                TURN_FAULTS.labels(loop.name).inc()
                log.warning(
                    "loop failed", loop=loop.name, faults=faults, error=f"{type(error).__name__}: {error}"[:300]
                )
            wait_s = wait_after(loop, faults, random.uniform(0.9, 1.1))  # noqa: S311  only spreads the loops

    async def turn(self, loop: Loop) -> bool:
        """One turn, unless another worker is at it; whether it was ours. At most five minutes."""
        began_s = clock.monotonic_s()
        async with asyncio.timeout(LONGEST_TURN_S), self._database.transaction() as tx:
            ours: bool = await tx.value(
                "select pg_try_advisory_xact_lock(:space, hashtext(:name))", space=LOCK_SPACE, name=loop.name
            )
            if ours:
                await loop.run()
        self._last_good_s[loop.name] = clock.monotonic_s()
        if ours:
            TURN_SECONDS.labels(loop.name).observe(self._last_good_s[loop.name] - began_s)
        return ours


def wait_after(loop: Loop, faults: int, jitter: float) -> float:
    """Seconds to the next turn: the loop's own, doubled a fault up to a minute, times the jitter."""
    if faults == 0:
        return loop.every_s * jitter
    return max(loop.every_s, min(2.0**faults, LONGEST_BACK_OFF_S)) * jitter
