"""One role as one process: what containers run, and what `voltkeep up` runs several of.

`python -m voltkeep.apps.serve ROLE` is `voltkeep serve --role ROLE` without the weight of the command line.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import resource
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import cast

import uvloop

from voltkeep.apps.data_folder import with_running_engines
from voltkeep.kit import logs
from voltkeep.kit.settings import Settings

MOST_FILES = 1_048_576

Serve = Callable[[Settings], Awaitable[None]]


def run_role(role: str, settings: Settings) -> None:
    """Runs the role until SIGTERM or SIGINT, which cancel it so that it can say goodbye."""
    logs.configure(role, level=settings.log_level, form=settings.log_format)
    allow_many_files()
    serve = _serve_of(role)
    uvloop.run(_until_told(serve, with_running_engines(settings)))


def _serve_of(role: str) -> Serve:
    """The role's own `serve`. What modules make stays, so looking for garbage among it meanwhile is a tenth lost."""
    gc.disable()
    try:
        return cast("Serve", importlib.import_module(f"voltkeep.apps.{role}").serve)
    finally:
        gc.enable()


def allow_many_files() -> int:
    """Raises this process's limit of open files, and so of sockets, as far as the system lets it; gives the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


async def _until_told(serve: Serve, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(serve(settings))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def main() -> None:
    """The role named by the only argument; a failure that a person can put right is one line and exit code 1."""
    try:
        run_role(sys.argv[1], Settings())
    except Exception as error:
        from voltkeep.apps.failures import expected

        if not isinstance(error, expected()):
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
