"""The doctor's findings as text."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from voltkeep.apps.data_folder import NotRunning, with_running_engines
from voltkeep.apps.doctor.engines import check_database, check_nats
from voltkeep.apps.doctor.finding import Finding
from voltkeep.apps.doctor.machine import check_machine
from voltkeep.kit.settings import Settings

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


def findings(settings: Settings) -> Iterator[Finding]:
    """Every check, the machine's first."""
    yield from check_machine(settings)
    with contextlib.suppress(NotRunning, PermissionError):  # engines that don't run are said as such below
        settings = with_running_engines(settings)
    yield from check_database(settings)
    yield from check_nats(settings)


def examine(settings: Settings) -> int:
    """Prints one line a finding, with what to do below it; gives the exit code: 1 when something failed."""
    console = Console(highlight=False, soft_wrap=True)
    failed = 0
    for finding in findings(settings):
        failed += finding.level == "fail"
        mark = Text(f"{finding.level:4} ", style=COLOURS[finding.level])
        console.print(mark + Text(f"{finding.name}: {finding.detail}"))
        if finding.advice:
            console.print(Text(f"     → {finding.advice}"))
    return 1 if failed else 0
