"""The embedded engines: real servers, killed in every way that happens."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import nats
import psycopg
import pytest

import voltkeep
from voltkeep.apps.engines.accounts import Account, can_enter
from voltkeep.apps.engines.binaries import Binaries, bundled_folder, choose_binaries, find_binaries, inspect
from voltkeep.apps.engines.children import EngineFailed, backoff_s
from voltkeep.apps.engines.locks import FolderBusy
from voltkeep.apps.engines.nats import EmbeddedNats
from voltkeep.apps.engines.orphans import is_alive, retire_orphan
from voltkeep.apps.engines.postgres import EmbeddedPostgres

HOLDER = """
import asyncio, sys
from pathlib import Path
from voltkeep.apps.engines.nats import EmbeddedNats
from voltkeep.apps.engines.postgres import EmbeddedPostgres

async def hold():
    postgres, bus = EmbeddedPostgres(Path(sys.argv[1])), EmbeddedNats(Path(sys.argv[1]))
    print(await postgres.start(), await bus.start(), postgres.pid, bus.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(hold())
"""


class Heard:
    """Reports kept for assertions."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def died(self, name: str, exit_code: int, retry_in_s: float) -> None:
        self.lines.append(f"{name} died {exit_code}")

    def failed(self, name: str, reason: str, retry_in_s: float) -> None:
        self.lines.append(f"{name} failed {reason}")

    def revived(self, name: str, pid: int, restarts: int) -> None:
        self.lines.append(f"{name} revived {restarts}")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that other users can pass, unlike pytest's own."""
    place = Path(tempfile.mkdtemp(prefix="vk-"))
    place.chmod(0o755)
    yield place / "data"
    shutil.rmtree(place, ignore_errors=True)


async def until(what: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not what():
            await asyncio.sleep(0.05)


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url, connect_timeout=5, autocommit=True)


@pytest.mark.parametrize("bundled", [False, True], ids=["system", "bundled"])
async def test_postgres_keeps_its_data_between_runs(folder: Path, bundled: bool) -> None:
    usable = [server for server in find_binaries() if server.bundled == bundled]
    if not usable and not bundled:
        pytest.skip("this machine has no PostgreSQL of its own")
    for run in (1, 2):
        postgres = EmbeddedPostgres(folder, servers=usable)
        with connect(await postgres.start()) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS seen (run integer)")
            connection.execute("INSERT INTO seen VALUES (%s)", [run])
            assert connection.execute("SELECT count(*) FROM seen").fetchone() == (run,)
            for extension in ("pgcrypto", "btree_gist", "pg_trgm"):
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            assert connection.execute("SELECT lower('ЇЖАК'), current_setting('wal_compression')").fetchone() == (
                "їжак",
                "lz4" if usable[0].has_lz4 else "pglz",
            )
            assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (
                False,
            )
        await postgres.stop()
        assert not (folder / "postgres" / "postmaster.pid").exists(), "not a clean shutdown"


async def test_postgres_comes_back_after_kill_9_with_everything_committed(folder: Path) -> None:
    postgres, heard = EmbeddedPostgres(folder), Heard()
    url = await postgres.start()
    watch = asyncio.ensure_future(postgres.watch(heard))
    try:
        with connect(url) as connection:
            connection.execute("CREATE TABLE kept (n integer)")
            connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        first = postgres.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await until(lambda: "postgres revived 1" in heard.lines)
        with connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
        assert postgres.pid != first
        assert heard.lines[0] == "postgres died -9"
    finally:
        watch.cancel()
        await postgres.stop()


async def test_nats_comes_back_after_kill_9_with_its_stream(folder: Path) -> None:
    server, heard = EmbeddedNats(folder), Heard()
    url = await server.start()
    watch = asyncio.ensure_future(server.watch(heard))
    try:
        client = await nats.connect(url)
        stream = client.jetstream()
        await stream.add_stream(name="KEPT", subjects=["kept.>"])
        for number in range(100):
            await stream.publish("kept.it", str(number).encode())
        await client.close()
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        await until(lambda: "nats revived 1" in heard.lines)
        client = await nats.connect(url)
        assert (await client.jetstream().stream_info("KEPT")).state.messages == 100
        await client.close()
    finally:
        watch.cancel()
        await server.stop()


async def test_nats_admits_no_stranger_neither_as_client_nor_over_mqtt(folder: Path) -> None:
    server = EmbeddedNats(folder)
    await server.start()
    try:
        port = server.url.rpartition(":")[2]
        with pytest.raises(nats.errors.Error, match="Authorization Violation"):
            await nats.connect(f"nats://127.0.0.1:{port}", allow_reconnect=False, error_cb=_ignore)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.mqtt_port)
        writer.write(bytes.fromhex("1010 0004 4d515454 04 02 003c 0004 74657374".replace(" ", "")))
        answer = await asyncio.wait_for(reader.read(4), 5)
        writer.close()
        assert answer == bytes.fromhex("20020005"), "MQTT 3.1.1 CONNACK: not authorized"
        assert ((folder / "nats" / "access.json").stat().st_mode & 0o777) == 0o600
        assert ((folder / "nats" / "nats-server.conf").stat().st_mode & 0o777) == 0o600
    finally:
        await server.stop()


async def _ignore(_: Exception) -> None:
    """The refusal is expected."""


async def test_engines_end_when_their_parent_is_killed_and_start_again(folder: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    url, _, postgres_pid, nats_pid = holder.stdout.readline().split()
    with connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    holder.kill()
    holder.wait()
    await until(lambda: not is_alive(int(postgres_pid)) and not is_alive(int(nats_pid)))

    postgres = EmbeddedPostgres(folder)
    with connect(await postgres.start()) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    await postgres.stop()


async def test_a_folder_has_one_owner_at_a_time(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder)
    await postgres.start()
    with pytest.raises(FolderBusy, match=rf"in use by another process \(pid {os.getpid()}\)"):
        await EmbeddedPostgres(folder).start()
    await postgres.stop()
    again = EmbeddedPostgres(folder)
    await again.start()
    await again.stop()


async def test_a_stranger_in_the_process_id_file_stops_no_start(folder: Path) -> None:
    """After a restart of a container the number in postmaster.pid may be anybody's."""
    postgres = EmbeddedPostgres(folder)
    await postgres.start()
    await postgres.stop()
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    try:
        (folder / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n")
        again = EmbeddedPostgres(folder)
        await again.start()
        await again.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def _heed_signals() -> None:
    """What a shell starts in the background ignores interrupts, and so would all that it starts."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


async def test_an_orphan_is_ended_before_a_new_start(folder: Path) -> None:
    """A server whose parent's death it did not hear of (macOS, or in between) still serves the folder."""
    folder.mkdir()
    orphan = subprocess.Popen(["/bin/sleep", "60"], cwd=folder, preexec_fn=_heed_signals)  # noqa: PLW1509  one thread
    (folder / "postmaster.pid").write_text(f"{orphan.pid}\n")
    await retire_orphan(folder)
    assert orphan.wait(5) == -signal.SIGINT


def test_the_folder_decides_which_server_opens_it(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("16\n")
    have = [Binaries(Path("/a"), "15.3", bundled=False), Binaries(Path("/b"), "17.10", bundled=True)]
    with pytest.raises(
        EngineFailed, match=r"made by PostgreSQL 16, and only that version opens it; found: 15\.3 in /a"
    ):
        choose_binaries(have, tmp_path)
    (tmp_path / "PG_VERSION").write_text("17\n")
    assert choose_binaries(have, tmp_path).version == "17.10"
    with pytest.raises(EngineFailed, match="No PostgreSQL 15 or later was found"):
        choose_binaries([], tmp_path / "new")


async def test_a_long_path_gets_its_socket_elsewhere(folder: Path) -> None:
    deep = folder / ("x" * 60) / ("y" * 60)
    postgres = EmbeddedPostgres(deep)
    url = await postgres.start()
    connect(url).close()
    place = Path(url.partition("host=")[2])
    assert not place.is_relative_to(folder)
    await postgres.stop()
    shutil.rmtree(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone has this problem")
async def test_root_runs_postgres_as_a_user_even_from_a_closed_folder() -> None:
    """The data folder of root's home can't be entered by the server's user: its files go to /var/lib/voltkeep."""
    closed = Path(tempfile.mkdtemp(prefix="vk-"))  # 0700, root's
    bundled = bundled_folder()
    assert bundled is not None
    shutil.copytree(bundled.parent, closed / "server", symlinks=True)
    server = inspect(closed / "server" / "bin", bundled=True)
    assert server is not None
    copy = Path(f"/var/lib/voltkeep/postgresql-{server.version}")
    was_there = copy.exists()
    postgres = EmbeddedPostgres(closed / "data", servers=[server])
    try:
        connect(await postgres.start()).close()
        place = (closed / "data" / "postgres").resolve()
        assert place.is_relative_to("/var/lib/voltkeep")
        assert place.stat().st_uid != 0
    finally:
        await postgres.stop()
        shutil.rmtree(place.parent)
        if not was_there:
            shutil.rmtree(copy)
        shutil.rmtree(closed)


def python_for(account: Account) -> tuple[str, dict[str, str]]:
    """A Python with our packages that the account can run: ours, or Debian's of the same version."""
    packages = [str(Path(nats.__file__).parents[1]), str(Path(voltkeep.__file__).parents[1])]
    if not all(can_enter(Path(place), account) for place in packages):
        pytest.skip("the checkout lies in a folder that other users can't enter")
    own = Path(sys.executable).resolve()
    if can_enter(own.parent, account):
        return str(own), {"PYTHONPATH": ":".join(packages)}
    system = Path(f"/usr/bin/python3.{sys.version_info.minor}")
    if not system.exists():
        pytest.skip("this Python lies in a folder that other users can't enter")
    return str(system), {"PYTHONPATH": ":".join(packages)}


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
async def test_an_ordinary_user_owns_everything(folder: Path) -> None:
    entry = pwd.getpwnam("nobody")
    account = Account("nobody", entry.pw_uid, entry.pw_gid)
    python, environment = python_for(account)
    folder.mkdir()
    os.chown(folder, account.uid, account.gid)
    holder = subprocess.Popen(
        [python, "-c", HOLDER, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **environment},
    )
    assert holder.stdout is not None
    url, _, postgres_pid, nats_pid = holder.stdout.readline().split()
    try:
        with connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        for pid in (postgres_pid, nats_pid):
            assert Path(f"/proc/{pid}").stat().st_uid == account.uid
    finally:
        holder.kill()
        holder.wait()
    await until(lambda: not is_alive(int(postgres_pid)) and not is_alive(int(nats_pid)))


def test_backoff_grows_and_stays_bounded() -> None:
    waits = [backoff_s(failures) for failures in range(40)]
    assert all(0.1 <= wait <= 30 for wait in waits)
    assert min(waits[10:]) >= 15
    assert len(set(waits)) > 30, "no jitter"


def test_the_bundled_server_is_complete() -> None:
    place = bundled_folder()
    assert place is not None
    binaries = inspect(place, bundled=True)
    assert binaries is not None
    assert binaries.major >= 15
    assert binaries.has_lz4
