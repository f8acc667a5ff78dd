"""Sockets held by one OCPP process, and what each costs it in memory."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from tests.flows.stack import Stack

from bench.environment import Environment
from bench.load import ROOT, command, echo_server
from bench.provision import provision
from bench.report import Figure, of

SOCKETS = 10_000
SETTLE_S = 6.0
HOLD_S = 120.0


async def run(env: Environment) -> list[Figure]:
    """Three figures, in about a minute."""
    return await asyncio.to_thread(measure)


def measure() -> list[Figure]:
    """The process's resident memory with and without the sockets."""
    stack = Stack(VOLTKEEP_OCPP_CONFIGURE="false")
    try:
        stack.start()
        provision(stack, SOCKETS)
        pid = stack.pid("ocpp")
        assert pid is not None
        kib, opening_s, online = held(stack.ocpp_port, pid, stack)
    finally:
        stack.remove()
    with echo_server() as port:
        bare_kib, bare_s, _ = held(port, process_on(port), None)
    note = "resident memory of the OCPP process, with all of them less with none"
    each = "one WebSocket of a bare websockets server"
    return [
        Figure("Sockets held by one process", online, "", note="stations that the database shows online"),
        Figure("Memory a socket", kib, "KiB", each, bare_kib, of(kib, bare_kib), note, "≤ 25"),
        Figure(
            "Handshakes",
            SOCKETS / opening_s,
            "/s",
            "bare websockets server",
            SOCKETS / bare_s,
            of(SOCKETS / opening_s, SOCKETS / bare_s),
            "credentials checked and presence stored before the upgrade is used; 256 at a time",
        ),
    ]


def held(port: int, pid: int, stack: Stack | None) -> tuple[float, float, int]:
    """KiB a socket, seconds to open them all, and how many stations are online according to the database."""
    before = resident_kib(pid)
    words = command("hold", port, clients=SOCKETS, seconds=HOLD_S)
    with tempfile.TemporaryFile() as complaints:
        generator = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaints)
        try:
            return looked_at(generator, complaints, pid, before, stack)
        finally:
            generator.kill()
            generator.communicate()


def looked_at(
    generator: subprocess.Popen[bytes], complaints: IO[bytes], pid: int, before: int, stack: Stack | None
) -> tuple[float, float, int]:
    """What the process holds once the generator says that every socket is open."""
    assert generator.stdout is not None
    line = generator.stdout.readline()
    if not line:
        complaints.seek(0)
        raise RuntimeError(f"the load generator failed: {complaints.read()[-500:].decode()}")
    opened = json.loads(line)
    time.sleep(SETTLE_S)
    online = stations_online(stack) if stack else 0
    return (resident_kib(pid) - before) / SOCKETS, opened["opening_s"], online


def stations_online(stack: Stack) -> int:
    """As the database has it."""
    with stack.database() as connection:
        row = connection.execute("select count(*) from station_presence where online").fetchone()
    return int(row[0]) if row else 0


def resident_kib(pid: int) -> int:
    """VmRSS of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def process_on(port: int) -> int:
    """The reference server that was started for the port."""
    found = subprocess.run(["pgrep", "-f", f"bench.echo {port}"], capture_output=True, text=True, check=True)
    return int(found.stdout.split()[0])
