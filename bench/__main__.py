"""`python -m bench [module …]`: measures, prints, and writes docs/benchmarks.md when every module ran."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.environment import Environment, environment
from bench.report import Figure, machine, page_of, table_of

# Each is `bench/<name>.py` with `async def run(env: Environment) -> list[Figure]`, in the order of the page.
MODULES = ("transactions", "sockets", "telemetry", "commands", "cold_start")
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


async def measure(names: Sequence[str]) -> dict[str, list[Figure] | str]:
    """The figures of each module, or what it failed with."""
    results: dict[str, list[Figure] | str] = {}
    async with environment() as env:
        for name in names:
            print(f"\n{name} …", flush=True)
            results[name] = await one(name, env)
            found = results[name]
            print(found if isinstance(found, str) else table_of(found), flush=True)
        described = machine({"PostgreSQL": env.server_version()})
    if set(names) == set(available()):
        PAGE.write_text(page_of(results, described, datetime.now(UTC)))
        print(f"written: {PAGE.relative_to(PAGE.parents[1])}")
    return results


async def one(name: str, env: Environment) -> list[Figure] | str:
    """What one module found; its fault stops no other."""
    try:
        figures: list[Figure] = await importlib.import_module(f"bench.{name}").run(env)
    except Exception as error:  # a failed measurement is a finding
        traceback.print_exc()
        return f"Failed: {type(error).__name__}: {error}".splitlines()[0]
    return figures


def available() -> list[str]:
    """The modules that are there."""
    return [name for name in MODULES if importlib.util.find_spec(f"bench.{name}")]


def main() -> int:
    """1 when a module failed."""
    results = asyncio.run(measure(sys.argv[1:] or available()))
    return int(any(isinstance(found, str) for found in results.values()))


if __name__ == "__main__":
    sys.exit(main())
