"""What `voltkeep up` shows: a live line for the step under way on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console

from voltkeep.kit import clock


class Terminal:
    """Writes to standard output."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        """One line with the time of day in UTC."""
        self._console.print(f"{clock.now():%H:%M:%S} {line}", markup=False)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """A step that takes time: spins on a terminal, and says afterwards how long it took."""
        began = clock.monotonic_s()
        if self._console.is_terminal:
            with self._console.status(title):
                yield
        else:
            yield
        self.say(f"{title}: {clock.monotonic_s() - began:.1f} s")

    def table(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values, one pair a line, unbroken so that an address can be copied."""
        width = max(len(name) for name, _ in rows)
        self._console.print(f"\n{title}", style="bold")
        for name, value in rows:
            self._console.print(f"  {name:<{width}}  {value}", markup=False)
        self._console.print()
