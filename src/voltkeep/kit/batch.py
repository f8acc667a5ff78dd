"""Group commit: gathers concurrent callers into one transaction and gives each its own outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from voltkeep.kit.db import is_passing_fault
from voltkeep.kit.errors import Unavailable

T = TypeVar("T")
R = TypeVar("R")

Run = Callable[[Sequence[T]], Awaitable[Sequence[R]]]


class Batch(Generic[T, R]):
    """`await batch.add(item)` resolves with the item's outcome after the commit of the batch that held it.

    `run` takes the items in order of arrival and returns one outcome each; it opens and commits its own
    transaction. If it raises for a reason of the items', the batch is halved until the poison item fails alone;
    if the database is away, every caller gets `Unavailable` at once. At most `limit` callers wait.
    """

    def __init__(
        self, run: Run[T, R], *, name: str, most: int = 500, wait_s: float = 0.005, limit: int = 50_000
    ) -> None:
        self.name = name
        self._run = run
        self._most = most
        self._wait_s = wait_s
        self._limit = limit
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._arrived = asyncio.Event()
        self._full = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def add(self, item: T) -> R:
        """The outcome of `item`; raises what `run` raised for it alone, or `Unavailable`."""
        if self._closed or len(self._waiting) >= self._limit:
            raise Unavailable(f"{self.name}: no place in the queue", queue=self.name)
        if self._task is None:
            self._task = asyncio.create_task(self._loop(), name=f"batch-{self.name}")
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        self._arrived.set()
        if len(self._waiting) >= self._most:
            self._full.set()
        return await future

    @property
    def waiting(self) -> int:
        """How many callers wait, for the metrics."""
        return len(self._waiting)

    async def close(self) -> None:
        """Finish what waits, then take no more."""
        self._closed = True
        self._arrived.set()
        self._full.set()
        if self._task is not None:
            await self._task

    async def _loop(self) -> None:
        while not (self._closed and not self._waiting):
            await self._arrived.wait()
            if len(self._waiting) < self._most and not self._closed:
                await self._gather()
            taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            self._full.clear()
            if not self._waiting and not self._closed:
                self._arrived.clear()
            await self._settle(taken)

    async def _gather(self) -> None:
        try:
            async with asyncio.timeout(self._wait_s):
                await self._full.wait()
        except TimeoutError:
            return

    async def _settle(self, taken: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        alive = [(item, future) for item, future in taken if not future.cancelled()]
        if not alive:
            return
        try:
            outcomes = await self._run([item for item, _ in alive])
        except Exception as error:
            await self._settle_fault(alive, error)
            return
        for (_, future), outcome in zip(alive, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)

    async def _settle_fault(self, alive: Sequence[tuple[T, asyncio.Future[R]]], error: Exception) -> None:
        if is_passing_fault(error):
            _fail(alive, Unavailable(f"{self.name}: the database is away", queue=self.name))
        elif len(alive) == 1:
            _fail(alive, error)
        else:
            middle = len(alive) // 2
            await self._settle(alive[:middle])
            await self._settle(alive[middle:])


def _fail(alive: Sequence[tuple[T, asyncio.Future[R]]], error: Exception) -> None:
    for _, future in alive:
        if not future.done():
            future.set_exception(error)
