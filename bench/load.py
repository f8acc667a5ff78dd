"""Runs the load generator and the reference server as processes of their own, and reads what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.flows.stack import free_port

from bench.provision import CARD, PASSWORD, PREFIX

ROOT = Path(__file__).parents[1]


def command(mode: str, port: int, *, clients: int, seconds: float, warm_up: float = 2) -> list[str]:
    """The generator's command line."""
    words = {
        "port": port,
        "clients": clients,
        "seconds": seconds,
        "warm-up": warm_up,
        "prefix": PREFIX,
        "password": PASSWORD,
        "card": CARD,
    }
    return [sys.executable, "-m", "bench.generator", mode, *(f"--{name}={value}" for name, value in words.items())]


def generate(mode: str, port: int, *, clients: int, seconds: float, warm_up: float = 2) -> dict[str, Any]:
    """One measurement; raises RuntimeError with the generator's words when it failed."""
    done = subprocess.run(
        command(mode, port, clients=clients, seconds=seconds, warm_up=warm_up),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds + warm_up + 120,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the load generator failed: {done.stderr[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if found.get("errors"):
        raise RuntimeError(f"{found['errors']} requests were refused, the first: {found['first_error']}")
    return found


@contextmanager
def echo_server() -> Iterator[int]:
    """The port of a bare `websockets` server."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "bench.echo", str(port)], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        yield port
    finally:
        server.kill()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()
