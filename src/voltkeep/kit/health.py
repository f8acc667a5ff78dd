"""Health that tells the truth: live means the loop turns, ready means every engine answered just now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from voltkeep.kit import clock
from voltkeep.kit.bus import Bus
from voltkeep.kit.db import Database

Check = Callable[[], Awaitable[str]]

LONGEST_CHECK_S = 3.0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`detail` says what was found, or what is wrong and what to do."""

    name: str
    ok: bool
    detail: str
    ms: float


class Health:
    """The checks of one role, collected in apps. A check returns a detail or raises."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self._under_way: dict[str, asyncio.Task[str]] = {}

    def add(self, name: str, check: Check) -> None:
        """Register a check that readiness depends on."""
        self._checks[name] = check

    async def run(self) -> list[CheckResult]:
        """All checks side by side, answered within 3 s whatever hangs."""
        return list(await asyncio.gather(*(self._one(name, check) for name, check in self._checks.items())))

    async def _one(self, name: str, check: Check) -> CheckResult:
        began = clock.monotonic_s()
        try:
            ok, detail = True, await self._bounded(name, check)
        except Exception as error:  # a failed check is a finding, whatever raised it
            ok, detail = False, f"{type(error).__name__}: {error}".splitlines()[0][:300]
        return CheckResult(name, ok, detail, round((clock.monotonic_s() - began) * 1000, 1))

    async def _bounded(self, name: str, check: Check) -> str:
        """The detail; raises TimeoutError after 3 s. A driver may need longer than that to give a question up, so
        nobody waits for it, and no second one is asked until then."""
        task = self._under_way.get(name)
        if task is None or task.done():
            task = self._under_way[name] = asyncio.create_task(_asked(check))
            task.add_done_callback(_heed)
        await asyncio.wait({task}, timeout=LONGEST_CHECK_S)
        if task.done() and not task.cancelled():
            return task.result()
        if not task.cancelling():
            task.cancel()
        raise TimeoutError(f"no answer within {LONGEST_CHECK_S:.0f} s")


async def _asked(check: Check) -> str:
    return await check()


def _heed(task: asyncio.Task[str]) -> None:
    """What a check says after its time is of no use, but not a fault of the loop either."""
    if not task.cancelled():
        task.exception()


def database_check(database: Database) -> Check:
    """Whether PostgreSQL answers a query and accepts writes."""

    async def check() -> str:
        async with database.transaction() as tx:
            row = await tx.one("select current_setting('server_version') v, pg_is_in_recovery() r")
        if row.r:
            raise ConnectionError("PostgreSQL is read-only (in recovery)")
        return f"PostgreSQL {row.v}"

    return check


def bus_check(bus: Bus) -> Check:
    """Whether NATS answers a round trip."""

    async def check() -> str:
        await bus.client.flush(timeout=2)
        version = bus.client.connected_server_version
        return f"NATS {version.major}.{version.minor}.{version.patch}"

    return check
