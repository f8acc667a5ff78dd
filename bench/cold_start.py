"""From nothing to ready: an installed `voltkeep up`, the first time and again."""

from __future__ import annotations

import asyncio
import compileall
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from tests.flows.stack import Stack

import voltkeep
from bench.environment import Environment
from bench.report import Figure
from voltkeep.apps.engines.nats import EmbeddedNats
from voltkeep.apps.engines.postgres import EmbeddedPostgres


async def run(env: Environment) -> list[Figure]:
    """Two figures, in about twenty seconds."""
    folder = passable_folder()
    try:
        first_engines, later_engines = await engines_alone(folder), await engines_alone(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    first, later = await asyncio.to_thread(whole)
    ready = "until /health/ready is 200 and the OCPP port is open"
    return [
        Figure(
            "First start, with a new database",
            first,
            "s",
            "PostgreSQL (initdb) and NATS alone",
            first_engines,
            None,
            ready,
            "≤ 10",
        ),
        Figure("Later start", later, "s", "PostgreSQL and NATS alone", later_engines, None, ready, "≤ 10"),
    ]


def whole() -> tuple[float, float]:
    """Seconds of the first and of the second start on one data folder; compiled before, as an installer does."""
    compileall.compile_dir(Path(voltkeep.__file__).parent, quiet=1)
    stack = Stack()
    try:
        first = stack.start()
        stack.stop()
        return first, stack.start()
    finally:
        stack.remove()


def passable_folder() -> Path:
    """A new folder that an unprivileged PostgreSQL may pass when this runs as root."""
    folder = Path(tempfile.mkdtemp(prefix="vke-"))
    folder.chmod(0o755)
    return folder


async def engines_alone(folder: Path) -> float:
    """Seconds from nothing to both answering."""
    postgres, nats = EmbeddedPostgres(folder), EmbeddedNats(folder)
    began = perf_counter()
    try:
        await asyncio.gather(postgres.start(), nats.start())
        return perf_counter() - began
    finally:
        await nats.stop()
        await postgres.stop()
