"""One role as one process: what containers run, and what `voltkeep up` runs several of."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import resource
import signal
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
    serve = cast("Serve", importlib.import_module(f"voltkeep.apps.{role}").serve)
    uvloop.run(_until_told(serve, with_running_engines(settings)))


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
