"""`voltkeep up` as a person runs it: everything starts, is looked after, and is gone afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from voltkeep.apps.engines.orphans import is_alive
from voltkeep.apps.engines.ports import free_port


class Running:
    """A `voltkeep up` of its own folder and ports, with embedded engines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.http_port = free_port("127.0.0.1")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("VOLTKEEP_")},
            "VOLTKEEP_DATA_DIR": str(folder),
            "VOLTKEEP_HTTP_PORT": str(self.http_port),
            "VOLTKEEP_OCPP_PORT": str(free_port("127.0.0.1")),
            "VOLTKEEP_MQTT_PORT": str(free_port("127.0.0.1")),
        }
        self.said = folder.with_name("said.txt")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "voltkeep.apps.cli", "up", "--no-fleet"],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
            )
        until(
            lambda: self.process is not None and (self.process.poll() is not None or self.is_settled()), 60, self.text
        )
        assert self.process.poll() is None, self.text()

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "voltkeep.apps.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**self.environment, **environment},
        )

    def text(self) -> str:
        return self.said.read_text()

    def is_settled(self) -> bool:
        return "Ctrl-C stops it" in self.text()

    def is_ready(self) -> bool:
        return self.get("/health/ready")[0] == 200

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.http_port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  loopback
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def children(self) -> dict[str, dict[str, Any]]:
        known = json.loads((self.folder / "roles.json").read_text())
        return {child["name"]: child for child in known["children"]}

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


def until(what: Callable[[], bool], seconds: float = 30, tell: Callable[[], str] = str) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"waited too long: {tell()}"
        time.sleep(0.1)


@contextmanager
def started() -> Iterator[Running]:
    place = Path(tempfile.mkdtemp(prefix="vk-"))
    place.chmod(0o755)
    up = Running(place / "data")
    try:
        up.start()
        yield up
    finally:
        up.stop()
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def running() -> Iterator[Running]:
    """One to stop and to kill."""
    with started() as up:
        yield up


@pytest.fixture(scope="module")
def lasting() -> Iterator[Running]:
    """One for the tests that leave it as it was."""
    with started() as up:
        yield up


def test_from_nothing_to_ready_and_gone_again(running: Running) -> None:
    assert running.is_ready()
    text = running.text()
    assert f"http://127.0.0.1:{running.http_port}/" in text
    assert f":{running.environment['VOLTKEEP_OCPP_PORT']}/ocpp/" in text
    note = running.folder / "first-administrator.txt"
    email, password = note.read_text().split()
    assert note.stat().st_mode & 0o777 == 0o600
    assert email in text
    assert password in text
    children = running.children()
    assert {"postgres", "nats", "api", "ocpp", "worker"} <= children.keys()
    assert {child["state"] for child in children.values()} == {"running"}

    assert running.stop() == 0
    assert not [name for name, child in children.items() if is_alive(child["pid"])]
    assert "stopped" in running.text()
    assert {child["state"] for child in running.children().values()} == {"stopped"}

    running.start()
    assert password not in running.text(), "the password is shown once"
    assert note.read_text().split() == [email, password]
    assert running.stop(signal.SIGINT) == 0


def test_a_killed_child_is_started_again_and_reported(running: Running) -> None:
    for name in ("worker", "ocpp", "api", "nats", "postgres"):
        before = running.children()[name]
        os.kill(before["pid"], signal.SIGKILL)

        def is_back(name: str = name, before: dict[str, Any] = before) -> bool:
            now = running.children()[name]
            return now["restarts"] == 1 and now["state"] == "running" and now["pid"] != before["pid"]

        until(is_back)
        assert running.children()[name]["last_exit"] == -signal.SIGKILL
        assert f"{name} ended (signal 9); starting it again in" in running.text()
    until(running.is_ready)


def test_readiness_tells_of_a_role_that_is_down(lasting: Running) -> None:
    os.kill(lasting.children()["ocpp"]["pid"], signal.SIGSTOP)
    until(lambda: lasting.get("/health/ready")[0] == 503)
    assert b"ocpp" in lasting.get("/health/ready")[1]
    os.kill(lasting.children()["ocpp"]["pid"], signal.SIGCONT)
    until(lasting.is_ready)


def test_nothing_survives_the_kill_of_the_parent_and_it_starts_again(running: Running) -> None:
    pids = [child["pid"] for child in running.children().values()]
    assert running.stop(signal.SIGKILL) == -signal.SIGKILL
    until(lambda: not any(is_alive(pid) for pid in pids))
    running.start()


def test_tools_work_beside_it(lasting: Running) -> None:
    token = lasting.run("api-token", "create", "--name", "test", "--all")
    assert token.returncode == 0, token.stderr
    secret = token.stdout.splitlines()[-1]
    assert lasting.get("/api/v1/stations")[0] == 401
    assert lasting.get("/api/v1/stations", Authorization=f"Bearer {secret}")[0] == 200
    narrow = lasting.run("api-token", "create", "--name", "narrow", "--permission", "no.such")
    assert narrow.returncode == 1
    assert "no.such" in narrow.stderr

    made = lasting.run("person", "create", "--email", "ann@example.org", "--name", "Ann")
    assert made.returncode == 0, made.stderr
    again = lasting.run("person", "create", "--email", "ann@example.org", "--name", "Ann")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr

    assert lasting.run("doctor").returncode == 0
    assert lasting.run("migrate").returncode == 0


def test_a_second_one_on_the_same_folder_is_refused(lasting: Running) -> None:
    assert lasting.process is not None
    second = lasting.run("up", "--no-fleet")
    assert second.returncode == 1
    assert f"in use by another process (pid {lasting.process.pid})" in second.stderr
    assert lasting.is_ready()


def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    up = Running(tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = up.run("up", "--no-fleet", VOLTKEEP_OCPP_PORT=port)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use" in done.stderr
    assert "VOLTKEEP_OCPP_PORT" in done.stderr
