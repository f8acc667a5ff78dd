"""Small parts of looking after children."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from voltkeep.apps.data_folder import DataFolder
from voltkeep.apps.engines.children import Command
from voltkeep.apps.keys import WeakKey, secret_key
from voltkeep.apps.reload import reload_for_ever
from voltkeep.apps.role_health import ask
from voltkeep.apps.supervisor import Supervisor, rotate
from voltkeep.kit.settings import Settings


class Lines(list[str]):
    """A screen for assertions."""

    def say(self, line: str) -> None:
        self.append(line)


async def test_a_child_that_ends_at_once_is_tried_again_with_longer_waits(tmp_path: Path) -> None:
    place, screen = DataFolder(tmp_path), Lines()
    place.make()
    supervisor = Supervisor(place, screen)
    supervisor.add(Command("broken", (sys.executable, "-c", "raise SystemExit(3)")))
    async with asyncio.timeout(20):
        while sum("exit code 3" in line for line in screen) < 4:
            await asyncio.sleep(0.05)
    await supervisor.stop()
    waits = [float(line.split()[-2]) for line in screen if "exit code 3" in line]
    assert waits[3] > waits[0]
    assert '"state": "stopped"' in place.roles.read_text()


async def test_a_stubborn_child_is_killed_after_its_grace(tmp_path: Path) -> None:
    place = DataFolder(tmp_path)
    place.make()
    supervisor = Supervisor(place, Lines())
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    supervisor.add(Command("deaf", (sys.executable, "-c", deaf), grace_s=0.5))
    log = place.logs / "deaf.log"
    async with asyncio.timeout(10):
        while "deaf" not in log.read_text():
            await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        await supervisor.stop()


def test_a_large_log_is_moved_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "role.log"
    with file.open("ab") as writer:
        writer.write(b"a" * 1000)
        writer.flush()
        rotate(file, limit_bytes=500)
        writer.write(b"b")
    assert file.read_bytes() == b"b"
    assert (tmp_path / "role.log.1").read_bytes() == b"a" * 1000


async def test_a_changed_file_restarts_the_roles(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    heard: list[str] = []
    watching = asyncio.ensure_future(reload_for_ever(heard.append, tmp_path))
    await asyncio.sleep(1)
    assert heard == []
    (tmp_path / "b.py").write_text("y = 1\n")
    async with asyncio.timeout(5):
        while not heard:
            await asyncio.sleep(0.05)
    watching.cancel()


async def test_asking_an_address_where_nobody_listens() -> None:
    assert (await ask("http://127.0.0.1:1/health/ready")).status == 0


def test_the_secret_key_is_made_once_or_given_and_long(tmp_path: Path) -> None:
    made = Settings(data_dir=tmp_path)
    assert secret_key(made) == secret_key(made)
    assert len(secret_key(made)) == 32
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(WeakKey):
        secret_key(Settings(data_dir=tmp_path, secret_key="short"))
    given = "k" * 32
    assert secret_key(Settings(data_dir=tmp_path, secret_key=given)) == given.encode()
