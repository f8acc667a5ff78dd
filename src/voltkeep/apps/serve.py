"""One role as one process: what containers run, and what `voltkeep up` runs several of."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import signal
from collections.abc import Awaitable, Callable
from typing import cast

import uvloop

from voltkeep.apps.data_folder import with_running_engines
from voltkeep.kit import logs
from voltkeep.kit.settings import Settings

Serve = Callable[[Settings], Awaitable[None]]


def run_role(role: str, settings: Settings) -> None:
    """Runs the role until SIGTERM or SIGINT, which cancel it so that it can say goodbye."""
    logs.configure(role, level=settings.log_level, form=settings.log_format)
    serve = cast("Serve", importlib.import_module(f"voltkeep.apps.{role}").serve)
    uvloop.run(_until_told(serve, with_running_engines(settings)))


async def _until_told(serve: Serve, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(serve(settings))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
