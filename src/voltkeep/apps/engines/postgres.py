"""PostgreSQL as a child process: found, made, started, watched, stopped."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

from voltkeep.apps.engines.accounts import Account, can_enter, give, unprivileged_account
from voltkeep.apps.engines.binaries import Binaries, choose_binaries, copy_for, find_binaries
from voltkeep.apps.engines.children import Child, Command, EngineFailed, Reports, keep_alive
from voltkeep.apps.engines.locks import FolderLock
from voltkeep.apps.engines.orphans import retire_orphan
from voltkeep.apps.engines.postgres_settings import initdb_arguments, server_arguments

SOCKET_PATH_LIMIT = 100  # sun_path holds 107 bytes on Linux, 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432.lock"
READY_WITHIN_S = 120.0
ELSEWHERE = Path("/var/lib/voltkeep")


class EmbeddedPostgres:
    """A PostgreSQL of our own under `data_dir`, reached by a unix socket that only its user can enter.

    `start` and `stop` may be called from different event loops, but `start` from a thread that lives on.
    """

    def __init__(self, data_dir: Path, *, servers: Sequence[Binaries] | None = None) -> None:
        self._data_dir = data_dir.absolute()
        self._servers = servers
        self._lock = FolderLock(self._data_dir / "postgres.lock")
        self._account: Account | None = None
        self._child: Child | None = None
        self._command: Command | None = None
        self._socket_folder = self._data_dir / "run"
        self._data = self._data_dir / "postgres"

    @property
    def url(self) -> str:
        """The address, as psycopg and SQLAlchemy take it: `postgresql://voltkeep@/voltkeep?host=/folder`."""
        return self._url(user="voltkeep", database="voltkeep")

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._child.pid if self._child and self._child.exit_code is None else None

    async def start(self) -> str:
        """Makes the data folder the first time, starts the server, waits until it answers; gives the URL.

        Raises EngineFailed with what to do, FolderBusy when another process has the folder.
        """
        self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.take(f"The PostgreSQL data folder {self._data_dir}")
        try:
            binaries = self._prepare()
            await self._initialise(binaries)
            self._command = self._server_command(binaries)
            await self._launch()
            await self._ensure_database()
        except BaseException:
            await self.stop()
            raise
        return self.url

    async def watch(self, reports: Reports) -> None:
        """Starts the server again whenever it ends, until cancelled."""
        if self._child is None:
            raise EngineFailed("PostgreSQL was not started")
        await keep_alive(self._child, self._launch, reports)

    async def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        if self._child is not None:
            await self._child.stop()
        self._lock.release()

    def _prepare(self) -> Binaries:
        """Settles who runs what, and where; folders that user must pass are opened to it."""
        self._account = unprivileged_account(self._data)
        servers = find_binaries() if self._servers is None else self._servers
        if self._account is not None:
            self._data = self._reachable_home(self._account)
        elif self._data.exists() and self._data.stat().st_uid != os.geteuid():
            raise EngineFailed(
                f"{self._data} belongs to another user. Run as that user or root, or `chown -R $(id -un) {self._data}`."
            )
        self._socket_folder = self._make_socket_folder()
        binaries = choose_binaries(servers, self._data)
        if self._account is not None and not can_enter(binaries.folder, self._account):
            ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
            return copy_for(binaries, ELSEWHERE)
        return binaries

    def _reachable_home(self, account: Account) -> Path:
        """The data folder itself, or a place the account can enter with a link from the data folder to it."""
        self._data_dir.chmod(self._data_dir.stat().st_mode | 0o011)
        if self._data.is_symlink():
            return self._data.resolve()
        if can_enter(self._data_dir, account):
            return self._data
        home = ELSEWHERE / self._mark()
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._data.symlink_to(home / "postgres")
        return home / "postgres"

    def _mark(self) -> str:
        return hashlib.sha256(str(self._data_dir).encode()).hexdigest()[:12]

    def _make_socket_folder(self) -> Path:
        """A folder with a path short enough for a socket, open to the server's user alone."""
        own = self._data.parent / "run"
        short = len(str(own / SOCKET_NAME).encode()) <= SOCKET_PATH_LIMIT
        folder = own if short else Path(tempfile.gettempdir()) / f"voltkeep-{self._mark()}"
        user = self._account.uid if self._account else os.geteuid()
        if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in {user, os.geteuid()}):
            folder = Path(tempfile.mkdtemp(prefix="voltkeep-"))  # somebody sits on the usual name
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._account:
            give(folder, self._account)
        return folder

    async def _initialise(self, binaries: Binaries) -> None:
        """Runs initdb beside the final place and moves it there, so that a kill in between leaves nothing half made."""
        if (self._data / "PG_VERSION").exists():
            return
        making = self._data.with_name("postgres.new")
        await asyncio.to_thread(subprocess.run, ["/bin/rm", "-rf", str(making)], check=True)
        making.mkdir(mode=0o700)
        if self._account:
            give(making, self._account)
        argv = (str(binaries.folder / "initdb"), *initdb_arguments(data=making, major=binaries.major))
        with tempfile.TemporaryFile() as output:
            child = Child(Command("initdb", argv, account=self._account), output)
            if await child.wait() != 0:
                output.seek(0)
                raise EngineFailed(f"initdb failed: {output.read().decode(errors='replace').strip()[-2000:]}")
        making.rename(self._data)

    def _server_command(self, binaries: Binaries) -> Command:
        arguments = server_arguments(data=self._data, socket_folder=self._socket_folder, lz4=binaries.has_lz4)
        return Command(
            name="postgres",
            argv=(str(binaries.folder / "postgres"), *arguments),
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
            grace_s=60.0,
            account=self._account,
        )

    async def _launch(self) -> Child:
        """Starts the server and waits until it answers, through a recovery too."""
        if self._command is None:
            raise EngineFailed("PostgreSQL was not prepared")
        await retire_orphan(self._data)
        log = self._data_dir / "postgres-start.log"
        with log.open("wb") as output:
            self._child = Child(self._command, output)
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                await self._answers(self._child, log)
        except TimeoutError as error:
            await self._child.stop()
            raise EngineFailed(f"PostgreSQL did not answer in {READY_WITHIN_S:.0f} s; see {self._logs()}") from error
        return self._child

    async def _answers(self, child: Child, log: Path) -> None:
        while True:
            if child.exit_code is not None:
                raise EngineFailed(f"PostgreSQL ended with {child.exit_code}: {_end_of(log)} (more in {self._logs()})")
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._url(user="postgres", database="postgres"), connect_timeout=5
                )
            except psycopg.OperationalError:
                await asyncio.sleep(0.05)
            else:
                await connection.close()
                return

    async def _ensure_database(self) -> None:
        """The role and the database of the product; the role owns its database and is no superuser."""
        url = self._url(user="postgres", database="postgres")
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            known = await connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'voltkeep'")
            if await known.fetchone() is None:
                await connection.execute("CREATE ROLE voltkeep LOGIN CREATEDB")
            known = await connection.execute("SELECT 1 FROM pg_database WHERE datname = 'voltkeep'")
            if await known.fetchone() is None:
                await connection.execute("CREATE DATABASE voltkeep OWNER voltkeep")

    def _logs(self) -> Path:
        return self._data / "log"

    def _url(self, *, user: str, database: str) -> str:
        return f"postgresql://{user}@/{database}?host={self._socket_folder}"


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace").strip()[-1500:]
