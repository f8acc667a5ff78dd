"""The disk fills up, the database or the bus stands still: nothing acknowledged that isn't stored, and no hands."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.flows.driver import Driver, Tally, make_drivers, run_for
from tests.flows.ledger import judge
from tests.flows.stack import Stack

SCALE = float(os.environ.get("VOLTKEEP_TEST_SCALE", "1"))
STATIONS = 20
AWAY_S = 5.0
DISK_MB = 400
BACK_WITHIN_S = 90.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240 + 60 * SCALE)]


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    return [pid, *map(int, children.split())]


def signal_family(pid: int, number: signal.Signals) -> None:
    """The same signal to all of them; those that are gone already don't matter."""
    for member in family(pid):
        try:
            os.kill(member, number)
        except ProcessLookupError:
            continue


async def acknowledged_over(tally: Tally, seconds: float) -> int:
    """How many messages were acknowledged in a while."""
    before = tally.acknowledged
    await asyncio.sleep(seconds)
    return tally.acknowledged - before


def check(stack: Stack, tally: Tally) -> None:
    """Everything acknowledged is stored once and right, and the stations came through."""
    with stack.database() as connection:
        verdict = judge(tally, connection)
    assert verdict.is_clean, verdict
    assert not tally.faults, tally.faults[:3]
    assert verdict.stored == tally.acknowledged


async def fleet_of(stack: Stack, tally: Tally) -> list[Driver]:
    return await asyncio.to_thread(make_drivers, stack, STATIONS, tally, seed=1)


async def test_a_database_that_stands_still_gets_no_acknowledgement_and_is_taken_up_again(stack: Stack) -> None:
    tally = Tally()

    async def trouble() -> None:
        assert await acknowledged_over(tally, 2) > 0
        pid = stack.pid("postgres")
        assert pid is not None
        signal_family(pid, signal.SIGSTOP)
        await asyncio.sleep(0.5)
        try:
            assert await acknowledged_over(tally, AWAY_S) == 0
            async with httpx.AsyncClient(timeout=20) as client:
                assert (await client.get(f"{stack.http}/health/live")).status_code == 200
                assert (await client.get(f"{stack.http}/health/ready")).status_code == 503
        finally:
            signal_family(pid, signal.SIGCONT)
        await asyncio.to_thread(stack.wait_ready, BACK_WITHIN_S)
        assert await acknowledged_over(tally, 3) > 0

    await run_for(await fleet_of(stack, tally), 0, trouble())
    check(stack, tally)


async def test_stations_charge_on_while_the_bus_stands_still(stack: Stack) -> None:
    tally = Tally()

    async def trouble() -> None:
        assert await acknowledged_over(tally, 2) > 0
        assert stack.signal("nats", signal.SIGSTOP)
        try:
            assert await acknowledged_over(tally, AWAY_S) > 10
        finally:
            stack.signal("nats", signal.SIGCONT)
        await asyncio.to_thread(stack.wait_ready, BACK_WITHIN_S)
        assert await acknowledged_over(tally, 2) > 0

    await run_for(await fleet_of(stack, tally), 0, trouble())
    check(stack, tally)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own that can be filled."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system to fill")
    folder = Path(tempfile.mkdtemp(prefix="vkd-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=755", "voltkeep-test", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        folder.rmdir()
        pytest.skip(f"this machine lets not even root mount a file system: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def cramped(small_disk: Path) -> Iterator[Stack]:
    """A whole Voltkeep on the small disk."""
    home = small_disk / "data"
    home.mkdir()
    one = Stack(home, VOLTKEEP_OCPP_CONFIGURE="false")
    try:
        one.start()
        yield one
        print(one.said()[-20_000:])  # noqa: T201  pytest shows it only for a failure
    finally:
        one.stop()


def fill(disk: Path) -> Path:
    """Takes every byte that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    assert shutil.disk_usage(disk).free < 4096
    return ballast


def use_up_the_log(stack: Stack) -> str:
    """Writes to the write-ahead log until it needs another segment, which is when PostgreSQL gives up; its words."""
    try:
        with stack.database() as connection:
            for _ in range(200):
                connection.execute("select pg_logical_emit_message(true, 'filler', repeat('x', 1000000))")
    except psycopg.OperationalError as error:
        return str(error)
    raise AssertionError("the disk never became full")


async def test_a_full_disk_gets_no_acknowledgement_and_room_is_all_it_needs(cramped: Stack, small_disk: Path) -> None:
    tally = Tally()

    async def trouble() -> None:
        assert await acknowledged_over(tally, 2) > 0
        ballast = await asyncio.to_thread(fill, small_disk)
        try:
            await asyncio.sleep(AWAY_S)  # what fits into pages that have room is still stored, and acknowledged
            await asyncio.to_thread(use_up_the_log, cramped)
            refused = tally.counts["retries"]
            await asyncio.sleep(AWAY_S)
            assert tally.counts["retries"] > refused
        finally:
            ballast.unlink()
        await asyncio.to_thread(cramped.wait_ready, BACK_WITHIN_S)
        assert await acknowledged_over(tally, 5) > 0

    await run_for(await fleet_of(cramped, tally), 0, trouble())
    check(cramped, tally)
