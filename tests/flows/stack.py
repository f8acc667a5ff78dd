"""A whole Voltkeep as real processes, for tests that kill parts of it and for the benchmarks."""

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
from pathlib import Path
from typing import IO, Any

import httpx
import psycopg

READY_WITHIN_S = 90.0


def free_port() -> int:
    """A port of the loopback address that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Stack:
    """`voltkeep up --no-fleet` with a data folder and ports of its own, and with engines of its own."""

    def __init__(self, folder: Path | None = None, **settings: str) -> None:
        self.folder = folder or Path(tempfile.mkdtemp(prefix="vks-"))
        self.folder.chmod(0o755)  # an unprivileged PostgreSQL must pass when the tests run as root
        self.http_port, self.ocpp_port, self.mqtt_port = free_port(), free_port(), free_port()
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self._token: str | None = None
        self._output: IO[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make a command work on this stack; nothing of the caller's settings gets through."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VOLTKEEP_")}
        return {
            **kept,
            "VOLTKEEP_DATA_DIR": str(self.folder),
            "VOLTKEEP_HTTP_PORT": str(self.http_port),
            "VOLTKEEP_OCPP_PORT": str(self.ocpp_port),
            "VOLTKEEP_MQTT_PORT": str(self.mqtt_port),
            **self.settings,
        }

    @property
    def http(self) -> str:
        """The API's address."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def ocpp(self) -> str:
        """Where stations connect, without the identity."""
        return f"ws://127.0.0.1:{self.ocpp_port}/ocpp"

    def start(self) -> float:
        """Starts and waits until it is ready; gives the seconds that took."""
        began = time.monotonic()
        self._output = (self.folder / "up.out").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voltkeep.apps.cli", "up", "--no-fleet"],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.wait_ready()
        return time.monotonic() - began

    def wait_ready(self, within_s: float = READY_WITHIN_S) -> float:
        """Waits until every part answers; gives the seconds that took."""
        began = time.monotonic()
        while not self.is_ready():
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"voltkeep up has ended:\n{self.said()}")
            if time.monotonic() - began > within_s:
                raise RuntimeError(f"not ready after {within_s:.0f} s:\n{self.said()}")
            time.sleep(0.05)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Whether the API says that everything answers, and the OCPP port is open."""
        try:
            if httpx.get(f"{self.http}/health/ready", timeout=5).status_code != 200:
                return False
            with socket.create_connection(("127.0.0.1", self.ocpp_port), timeout=2):
                return True
        except (httpx.HTTPError, OSError):
            return False

    def said(self) -> str:
        """The end of what the processes wrote, for a failure's message."""
        files = [self.folder / "up.out", *sorted((self.folder / "logs").glob("*.log"))]
        return "\n".join(f"== {file.name}\n{file.read_text(errors='replace')[-2500:]}" for file in files)

    def children(self) -> dict[str, dict[str, Any]]:
        """What the supervisor knows of its children, by name."""
        known = json.loads((self.folder / "roles.json").read_text())
        return {child["name"]: child for child in known["children"]}

    def pid(self, name: str) -> int | None:
        """The process id of a child that runs now."""
        pid: int | None = self.children()[name]["pid"]
        return pid

    def signal(self, name: str, number: signal.Signals) -> bool:
        """Sends a signal to a child; False when it doesn't run at this moment."""
        pid = self.pid(name)
        if pid is None:
            return False
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return False
        return True

    def voltkeep(self, *arguments: str) -> str:
        """The output of a command run on this stack."""
        done = subprocess.run(
            [sys.executable, "-m", "voltkeep.apps.cli", *arguments],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    @property
    def token(self) -> str:
        """An API token that may do everything."""
        if self._token is None:
            self._token = self.voltkeep("api-token", "create", "--name", "tests", "--all").strip().splitlines()[-1]
        return self._token

    def api(self) -> httpx.Client:
        """A client of the API with the token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=f"{self.http}/api/v1", headers=headers, timeout=30)

    @property
    def database_url(self) -> str:
        """The address of the stack's PostgreSQL."""
        url: str = json.loads((self.folder / "engines.json").read_text())["database_url"]
        return url

    def database(self) -> psycopg.Connection[Any]:
        """A look at the facts past the product; times are told in UTC."""
        return psycopg.connect(self.database_url, autocommit=True, options="-c timezone=UTC")

    def stop(self) -> None:
        """Asks it to end; what doesn't end is killed."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        if self._output is not None:
            self._output.close()

    def remove(self) -> None:
        """Stops, and takes the data folder away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
