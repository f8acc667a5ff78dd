"""The worker: jobs of committed facts run, failed ones stay visible, a dead worker's jobs are done by another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import psycopg
import pytest

from voltkeep.apps import worker
from voltkeep.apps.loops import Loop, Loops, wait_after
from voltkeep.kit.db import Database
from voltkeep.kit.jobs import Jobs, TaskKind
from voltkeep.kit.settings import Settings
from voltkeep.telemetry.actions.record_ticks import record_ticks
from voltkeep.telemetry.model import Tick


async def until(true: Callable[[], Awaitable[object]], *, within_s: float = 15) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(within_s):
        while not await true():
            await asyncio.sleep(0.05)


@asynccontextmanager
async def working(jobs: Jobs) -> AsyncIterator[None]:
    """A worker of these jobs, told to stop at the end as SIGTERM would."""
    async with jobs.app.open_async():
        task = asyncio.create_task(worker.Doing(jobs).keep_working())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])


async def state_of(database: Database, name: str) -> str | None:
    async with database.transaction() as tx:
        found: str | None = await tx.value(
            "select status::text from procrastinate_jobs where task_name = :name", name=name
        )
    return found


async def test_a_job_of_a_committed_transaction_runs_and_of_a_failed_one_doesnt(database: Database) -> None:
    ran: list[list[str]] = []

    async def note(ids: list[str]) -> None:
        ran.append(ids)

    jobs = Jobs(database.url)
    jobs.register([TaskKind("tests.note", note)])

    async def fail() -> None:
        async with database.transaction() as tx:
            await jobs.defer(tx, "tests.note", ids=["never"])
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    async with database.transaction() as tx:
        await jobs.defer(tx, "tests.note", ids=["a", "b"])
    async with working(jobs):
        await until(lambda: done(database, "tests.note", "succeeded"))
    assert ran == [["a", "b"]]


async def done(database: Database, name: str, state: str) -> bool:
    return await state_of(database, name) == state


async def test_a_job_that_keeps_failing_is_retried_and_stays_visible(database: Database) -> None:
    tries: list[int] = []

    async def break_down() -> None:
        tries.append(1)
        raise RuntimeError("on purpose")

    jobs = Jobs(database.url)
    jobs.register([TaskKind("tests.break", break_down, attempts=2)])
    async with database.transaction() as tx:
        await jobs.defer(tx, "tests.break")
    async with working(jobs):
        await until(lambda: done(database, "tests.break", "failed"), within_s=30)
        await worker.purge_jobs(jobs)
    assert len(tries) > 1
    assert await state_of(database, "tests.break") == "failed"


async def test_stopping_waits_for_the_job_in_hand(database: Database) -> None:
    ended: list[str] = []

    async def slow() -> None:
        await asyncio.sleep(1)
        ended.append("done")

    jobs = Jobs(database.url)
    jobs.register([TaskKind("tests.slow", slow)])
    async with database.transaction() as tx:
        await jobs.defer(tx, "tests.slow")
    async with working(jobs):
        await until(lambda: done(database, "tests.slow", "doing"))
    assert ended == ["done"]
    assert await state_of(database, "tests.slow") == "succeeded"


async def test_the_jobs_of_a_dead_worker_are_done_again(database: Database) -> None:
    ran: list[int] = []

    async def note() -> None:
        ran.append(1)

    jobs = Jobs(database.url)
    jobs.register([TaskKind("tests.rescued", note)])
    async with database.transaction() as tx:
        await jobs.defer(tx, "tests.rescued")
        await tx.run(
            "with dead as (insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')"
            " returning id) update procrastinate_jobs set status = 'doing', worker_id = dead.id from dead"
        )
    async with working(jobs):
        assert await worker.rescue_jobs(jobs) == 1
        await until(lambda: done(database, "tests.rescued", "succeeded"))
    assert ran == [1]


async def test_work_goes_on_after_the_database_dropped_every_connection(database: Database) -> None:
    ran: list[int] = []

    async def note() -> None:
        ran.append(1)

    jobs = Jobs(database.url)
    jobs.register([TaskKind("tests.after", note)])
    beats: list[int] = []

    async def beat() -> None:
        beats.append(1)

    loops = Loops(database, [Loop("tests-beat", 0.1, beat)])
    async with working(jobs), loops.turning():
        await asyncio.sleep(1)
        with psycopg.connect(database.url, autocommit=True) as beside:
            beside.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        before = len(beats)
        later = Database(database.url, pool_size=1)
        async with later.transaction() as tx:
            await jobs.defer(tx, "tests.after")
        await until(lambda: done(later, "tests.after", "succeeded"), within_s=40)
        await until(lambda: asyncio.sleep(0, len(beats) > before))
        await later.close()
    assert ran == [1]


async def test_two_workers_turn_a_loop_one_at_a_time(database: Database) -> None:
    inside, most, turns = 0, 0, 0

    async def run() -> None:
        nonlocal inside, most, turns
        inside += 1
        most, turns = max(most, inside), turns + 1
        try:
            await asyncio.sleep(0.02)
        finally:
            inside -= 1

    loop = Loop("tests-alone", 0.01, run)
    first, second = Loops(database, [loop]), Loops(database, [loop])
    async with first.turning(), second.turning():
        await asyncio.sleep(0.6)
    assert most == 1
    assert turns > 3


async def test_a_failing_loop_slows_down_alone_and_is_told(database: Database) -> None:
    good, bad = 0, 0

    async def work() -> None:
        nonlocal good
        good += 1

    async def fail() -> None:
        nonlocal bad
        bad += 1
        raise RuntimeError("on purpose")

    loops = Loops(database, [Loop("tests-good", 0.02, work), Loop("tests-bad", 0.02, fail)])
    async with loops.turning():
        await asyncio.sleep(0.8)
    assert bad == 1, "a failed turn must wait before the next"
    assert good > 5
    assert await loops.check()() == "2 loops turn"


def test_back_off_grows_and_is_bounded() -> None:
    loop = Loop("x", 5, lambda: asyncio.sleep(0))
    assert [wait_after(loop, faults, 1.0) for faults in (0, 1, 3, 5, 500)] == [5, 5, 8, 32, 60]


async def test_the_role_rolls_up_tells_its_health_and_stops(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voltkeep.telemetry.tasks.ROLL_UP_EVERY_S", 0.1)
    ready: list[str] = []

    now = datetime.now(UTC)
    async with database.transaction() as tx:
        await record_ticks(tx, [Tick(1, 1, 1, now - timedelta(hours=1), {1: 1.0})], now=now)
    port = httpx.URL(await free_address()).port
    assert port is not None
    role = asyncio.create_task(worker.serve(settings.model_copy(update={"metrics_port": port})))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

        async def is_ready() -> bool:
            try:
                answer = await client.get("/health/ready")
            except httpx.TransportError:
                return False
            ready[:] = [check["name"] for check in answer.json()["checks"]]
            return answer.status_code == 200

        async def is_rolled_up() -> bool:
            async with database.transaction() as tx:
                return bool(await tx.value("select count(*) = 2 from telemetry_rollup"))

        async def is_measured() -> bool:
            return 'voltkeep_loop_seconds_count{loop="roll-up"}' in (await client.get("/metrics")).text

        await until(is_ready)
        await until(is_rolled_up)
        await until(is_measured)
    assert {"database", "bus", "jobs", "loops"} <= set(ready)
    role.cancel()
    await asyncio.wait([role], timeout=15)
    assert role.cancelled()


async def free_address() -> str:
    """An address nobody listens at."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await server.wait_closed()
    return address
