"""A simulated station on a real socket, beside a test that drives a browser."""

from __future__ import annotations

import asyncio
import random
import threading
from types import TracebackType

from tests.flows.stack import Stack

from voltkeep.apps.simulate.acknowledgements import NoAccount
from voltkeep.apps.simulate.characters import CHARACTERS
from voltkeep.apps.simulate.credentials import Credentials
from voltkeep.apps.simulate.line import Line, LineOptions
from voltkeep.apps.simulate.pace import Pace
from voltkeep.apps.simulate.station import Station


class Charger:
    """Connects when entered and leaves when left; it lives in a thread of its own."""

    def __init__(self, stack: Stack, identity: str, password: str, *, speed: float = 30) -> None:
        station = Station(identity, CHARACTERS[1], (), random.Random(4))
        credentials = Credentials(stack.folder / "chargers.json", None, {identity: password})
        options = LineOptions(stack.ocpp, mishaps=False)
        self._line = Line(station, options, credentials, NoAccount(), Pace(speed), "browser")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._task: asyncio.Task[None] | None = None

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._line.run())
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.close()

    def __enter__(self) -> Charger:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(10)
