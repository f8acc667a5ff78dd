"""`voltkeep up`: everything on one machine, looked after until it is told to stop."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass

from voltkeep.apps.data_folder import DataFolder
from voltkeep.apps.engines.children import EngineFailed
from voltkeep.apps.engines.locks import FolderLock
from voltkeep.apps.engines.nats import EmbeddedNats
from voltkeep.apps.engines.ports import PortTaken, free_port, is_free
from voltkeep.apps.engines.postgres import EmbeddedPostgres
from voltkeep.apps.keys import secret_key
from voltkeep.apps.role_health import ask
from voltkeep.apps.roles import Role, fleet_command, roles_of
from voltkeep.apps.screen import Terminal
from voltkeep.apps.supervisor import Supervisor, rotate_for_ever
from voltkeep.kit import clock
from voltkeep.kit.addresses import in_url
from voltkeep.kit.settings import Settings

READY_WITHIN_S = 120.0
READY_POLL_S = 0.05


@dataclass(frozen=True)
class Options:
    """What the command line adds to the settings: stations to simulate, and whether logs go to the screen, and
    whether roles start again when the code changes.
    """

    fleet: int = 12
    show_logs: bool = False
    reload: bool = False


def with_ports(settings: Settings) -> Settings:
    """Chooses a free port where 0 is set, and refuses a port that is taken. Raises PortTaken."""
    chosen: dict[str, int] = {}
    for name in ("http", "ocpp", "mqtt"):
        host, port = getattr(settings, f"{name}_host"), getattr(settings, f"{name}_port")
        if name == "mqtt" and settings.nats_url:
            continue
        if port and not is_free(host, port):
            raise PortTaken(
                f"Port {port} on {host} is in use by another program. Stop it, or choose another port with "
                f"VOLTKEEP_{name.upper()}_PORT."
            )
        chosen[f"{name}_port"] = port or free_port(host)
    return settings.model_copy(update=chosen)


def import_first_run(was_here_before: bool) -> None:
    """What preparing the database takes; Alembic where there can't be a database yet."""
    importlib.import_module("voltkeep.apps.first_run")
    if not was_here_before:
        importlib.import_module("voltkeep.apps.migrate")


class Up:
    """One run of everything."""

    def __init__(self, settings: Settings, options: Options) -> None:
        self._settings = settings
        self._options = options
        self._place = DataFolder(settings.data_dir)
        self._screen = Terminal()
        self._supervisor = Supervisor(self._place, self._screen, show_logs=options.show_logs)
        self._told_to_stop = asyncio.Event()
        self._engines: list[EmbeddedPostgres | EmbeddedNats] = []

    async def run(self) -> None:
        """Starts, waits for the signal, stops in order. Raises PortTaken, FolderBusy, EngineFailed."""
        self._listen_for_signals()
        self._place.make()
        async with AsyncExitStack() as stack:
            lock = FolderLock(self._place.lock)
            lock.take(f"The data folder {self._place.folder}")
            stack.callback(lock.release)
            starting = asyncio.ensure_future(self._start(stack))
            told = asyncio.ensure_future(self._told_to_stop.wait())
            await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                await starting
                await told
            else:
                starting.cancel()
                await asyncio.wait({starting})
            self._screen.say("stopping: the roles first, then the engines (Ctrl-C again to force)")
        self._screen.say("stopped")

    async def _start(self, stack: AsyncExitStack) -> None:
        self._settings = with_ports(self._settings)
        # Its imports take as long as an engine's start, and nothing before the engines needs them.
        preparing = asyncio.ensure_future(asyncio.to_thread(import_first_run, self._place.engines.exists()))
        await self._start_engines(stack)
        with self._screen.step("database brought up to date"):
            await preparing
            from voltkeep.apps.first_run import add_first_administrator, bring_up_to_date

            await bring_up_to_date(str(self._settings.database_url))
            note = self._place.first_administrator
            made = await add_first_administrator(str(self._settings.database_url), note=note)
            secret_key(self._settings)
        self._supervisor.look_after(rotate_for_ever(self._place.logs))
        stack.push_async_callback(self._supervisor.stop)
        roles = list(roles_of(self._settings))
        with self._screen.step(f"{', '.join(role.command.name for role in roles)} ready"):
            for role in roles:
                self._supervisor.add(role.command, health_url=role.health_url)
            await self._wait_until_ready(roles)
        if self._options.fleet:
            await self._start_fleet(self._options.fleet)
        if self._options.reload:
            from voltkeep.apps.reload import reload_for_ever

            self._supervisor.look_after(reload_for_ever(self._supervisor.restart_roles))
        self._show_addresses(made.email if made else None, made.password if made else None)

    async def _start_engines(self, stack: AsyncExitStack) -> None:
        """The engines whose address isn't set, side by side; they stop after the roles, PostgreSQL last."""
        settings, starts = self._settings, []
        if settings.database_url is None:
            starts.append(self._start_engine(stack, EmbeddedPostgres(settings.data_dir), "PostgreSQL"))
        if settings.nats_url is None:
            nats = EmbeddedNats(settings.data_dir, mqtt_host=settings.mqtt_host, mqtt_port=settings.mqtt_port)
            starts.append(self._start_engine(stack, nats, "NATS"))
        for failed in await asyncio.gather(*starts, return_exceptions=True):
            if isinstance(failed, BaseException):
                raise failed
        settings = self._settings
        stack.callback(self._supervisor.stop_watching)
        self._place.write_engines(database_url=str(settings.database_url), nats_url=str(settings.nats_url))

    async def _start_engine(self, stack: AsyncExitStack, engine: EmbeddedPostgres | EmbeddedNats, title: str) -> None:
        is_database = isinstance(engine, EmbeddedPostgres)
        stack.push_async_callback(engine.stop)
        began_s = clock.monotonic_s()
        url = await engine.start()
        self._screen.say(f"{title} started: {clock.monotonic_s() - began_s:.1f} s")
        self._settings = self._settings.model_copy(update={"database_url" if is_database else "nats_url": url})
        self._engines.append(engine)
        self._supervisor.add_engine("postgres" if is_database else "nats", engine.pid, engine.watch)

    async def _start_fleet(self, stations: int) -> None:
        from voltkeep.apps.fleet_access import fleet_token

        file = self._place.fleet_token
        await fleet_token(str(self._settings.database_url), key=secret_key(self._settings), file=file)
        self._supervisor.add(fleet_command(self._settings, stations, file))
        self._screen.say(f"{stations} simulated stations connect")

    async def _wait_until_ready(self, roles: list[Role]) -> None:
        waiting = [role.health_url for role in roles]
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                while waiting:
                    answers = await asyncio.gather(*(ask(url) for url in waiting))
                    waiting = [url for url, answer in zip(waiting, answers, strict=True) if answer.status != 200]
                    await asyncio.sleep(READY_POLL_S if waiting else 0)
        except TimeoutError as error:
            names = ", ".join(role.command.name for role in roles if role.health_url in waiting)
            raise EngineFailed(f"Not ready after {READY_WITHIN_S:.0f} s: {names}. See {self._place.logs}.") from error

    def _show_addresses(self, email: str | None, password: str | None) -> None:
        settings = self._settings
        web = settings.public_url or f"http://{in_url(settings.http_host)}:{settings.http_port}"
        rows = [
            ("Panel", f"{web}/"),
            ("API", f"{web}/api/v1 (its description: {web}/api/v1/openapi.json)"),
            ("OCPP", f"ws://{in_url(settings.ocpp_host)}:{settings.ocpp_port}/ocpp/<identity>"),
        ]
        if any(isinstance(engine, EmbeddedNats) for engine in self._engines):
            rows.append(("MQTT", f"mqtt://{in_url(settings.mqtt_host)}:{settings.mqtt_port}"))
        rows.append(("Logs", str(self._place.logs)))
        if email and password:
            rows += [("Administrator", email), ("Password", f"{password} (shown once)")]
        if self._place.first_administrator.exists():
            rows.append(("First password kept in", str(self._place.first_administrator)))
        self._screen.table("Voltkeep runs", rows)
        self._screen.say("Ctrl-C stops it")

    def _listen_for_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._on_signal)

    def _on_signal(self) -> None:
        """The first signal asks; the second one doesn't wait any longer."""
        if self._told_to_stop.is_set():
            self._supervisor.kill()
            for engine in self._engines:
                if engine.pid is not None:
                    os.kill(engine.pid, signal.SIGKILL)
            os._exit(1)
        self._told_to_stop.set()
