"""Transactions, what leaves with them, and telling a passing fault from a wrong request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from voltkeep.kit.bus import Bus, NobodyThere
from voltkeep.kit.db import Database, Tx, columns, is_passing_fault, publish
from voltkeep.kit.errors import Invalid
from voltkeep.kit.events import Event
from voltkeep.kit.ids import new_id
from voltkeep.kit.job_counts import job_counts
from voltkeep.kit.jobs import Jobs, TaskKind, WiredOutbox

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Event):
    type: ClassVar[str] = "happened"

    what: str


def happened(what: str, organisation_id: UUID | None = None) -> Happened:
    return Happened(id=new_id(), organisation_id=organisation_id or new_id(), station_id=None, at=NOON, what=what)


class Heard:
    """An outbox that remembers, and that can look into the open transaction."""

    def __init__(self) -> None:
        self.deferred: list[str] = []
        self.announced: list[str] = []

    async def defer(self, tx: Tx, events: Sequence[Event]) -> None:
        self.deferred += [event.what for event in events if isinstance(event, Happened)]

    async def announce(self, events: Sequence[Event]) -> None:
        self.announced += [event.what for event in events if isinstance(event, Happened)]


@pytest.fixture
def heard(database: Database) -> Heard:
    database.outbox = Heard()
    return database.outbox


@pytest.fixture
async def bus(nats_url: str) -> AsyncIterator[Bus]:
    one = await Bus.connect(nats_url, name="tests")
    yield one
    await one.close()


async def test_events_are_deferred_inside_and_announced_after_the_commit(database: Database, heard: Heard):
    async with database.transaction() as tx:
        await publish(tx, [happened("a")])
        await publish(tx, [happened("b")])
        assert (heard.deferred, heard.announced) == ([], [])

    assert heard.deferred == heard.announced == ["a", "b"]


async def test_a_rolled_back_transaction_says_nothing(database: Database, heard: Heard):
    called = []

    async def call() -> None:
        called.append(1)

    async def refused() -> None:
        async with database.transaction() as tx:
            tx.after_commit.append(call)
            await publish(tx, [happened("a")])
            raise Invalid("no")

    with pytest.raises(Invalid):
        await refused()

    assert (heard.deferred, heard.announced, called) == ([], [], [])


async def test_what_runs_after_the_commit_sees_it(database: Database):
    seen = []

    async def look() -> None:
        async with database.transaction() as tx:
            seen.append(await tx.value("select count(*) from organisation"))

    async with database.transaction() as tx:
        await tx.run("insert into organisation (id, name, created_at) values (:id, 'x', :now)", id=new_id(), now=NOON)
        tx.after_commit.append(look)

    assert seen == [1]


async def test_a_failed_deferral_rolls_the_fact_back(database: Database):
    class Broken(Heard):
        async def defer(self, tx: Tx, events: Sequence[Event]) -> None:
            raise ConnectionError("no queue")

    database.outbox = Broken()

    async def create() -> None:
        async with database.transaction() as tx:
            await tx.run(
                "insert into organisation (id, name, created_at) values (:id, 'x', :now)", id=new_id(), now=NOON
            )
            await publish(tx, [happened("a")])

    with pytest.raises(ConnectionError):
        await create()

    async with database.transaction() as tx:
        assert await tx.value("select count(*) from organisation") == 0


async def test_times_are_utc_and_arrays_unnest(database: Database):
    async with database.transaction() as tx:
        rows = await tx.rows(
            "select * from unnest(cast(:a as int[]), cast(:b as text[])) t (a, b)",
            **columns([{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], "a", "b"),
        )
        assert await tx.value("select current_setting('timezone')") == "UTC"
    assert [(row.a, row.b) for row in rows] == [(1, "x"), (2, "y")]


async def test_the_raw_connection_is_in_the_same_transaction(database: Database):
    async with database.transaction() as tx:
        await tx.run("create temporary table copied (n int) on commit drop")
        raw = await tx.raw()
        async with raw.cursor() as cursor, cursor.copy("copy copied from stdin") as copy:
            await copy.write_row([7])
        assert await tx.value("select n from copied") == 7


async def test_faults_of_the_request_and_of_the_engine_are_told_apart(database: Database, server_url: str):
    async def fault_of(sql: str) -> BaseException:
        with pytest.raises(DBAPIError) as caught:
            async with database.transaction() as tx:
                await tx.run(sql)
        return caught.value

    for wrong in ("select 1 / 0", "select nonsense", "insert into organisation (id) values (null)"):
        assert not is_passing_fault(await fault_of(wrong)), wrong
    assert is_passing_fault(await fault_of("select pg_terminate_backend(pg_backend_pid())"))
    assert is_passing_fault(await fault_of("set transaction read only; create table no (n int)"))
    assert is_passing_fault(psycopg.errors.DiskFull())
    assert is_passing_fault(psycopg.errors.DeadlockDetected())
    assert not is_passing_fault(ValueError())


async def test_the_pool_recovers_from_dead_connections_without_hands(database: Database):
    with pytest.raises(DBAPIError):
        async with database.transaction() as tx:
            await tx.run("select pg_terminate_backend(pg_backend_pid())")

    async with database.transaction() as tx:
        assert await tx.value("select 1") == 1


async def test_a_job_exists_only_if_its_transaction_commits(database: Database):
    jobs = Jobs(database.url)

    async def refused() -> None:
        async with database.transaction() as tx:
            await jobs.defer(tx, "some.job", n=1)
            raise Invalid("no")

    with pytest.raises(Invalid):
        await refused()
    async with database.transaction() as tx:
        assert (await job_counts(tx)).waiting == 0
        await jobs.defer(tx, "some.job", n=2)
        await jobs.defer(tx, "some.job", at=datetime(2100, 1, 1, tzinfo=UTC), n=3)

    async with database.transaction() as tx:
        counts = await job_counts(tx)
        kept = [row.args for row in await tx.rows("select args from procrastinate_jobs order by id")]
    assert (counts.waiting, counts.dead, kept) == (2, 0, [{"n": 2}, {"n": 3}])


async def test_a_worker_does_the_job_and_a_failing_one_is_counted(database: Database):
    done: list[Any] = []

    async def work(n: int) -> None:
        done.append(n)

    async def fail(n: int) -> None:
        raise RuntimeError("never")

    jobs = Jobs(database.url)
    jobs.register([TaskKind("works", work), TaskKind("fails", fail, attempts=1), TaskKind("falters", fail)])
    async with database.transaction() as tx:
        await jobs.defer(tx, "works", n=5)
        await jobs.defer(tx, "fails", n=6)
        await jobs.defer(tx, "falters", n=7)
    async with jobs.app.open_async(), asyncio.timeout(20):
        await jobs.app.run_worker_async(wait=False, install_signal_handlers=False)

    async with database.transaction() as tx:
        counts = await job_counts(tx)
    assert done == [5]
    assert (counts.waiting, counts.failed, counts.dead) == (0, 1, 1)


async def test_wired_events_become_one_job_and_one_notice_per_flush(database: Database, bus: Bus):
    notices: list[tuple[str, dict[str, Any]]] = []

    async def note(subject: str, payload: dict[str, Any]) -> None:
        notices.append((subject, payload))

    ours = new_id()
    events = [happened("a", ours), happened("b", ours)]
    await bus.listen(f"live.{ours}", note)
    await bus.client.flush()
    database.outbox = WiredOutbox(Jobs(database.url), bus, {Happened: ("react",)})

    async with database.transaction() as tx:
        await publish(tx, events)

    async with database.transaction() as tx:
        jobs = await tx.rows("select task_name, args from procrastinate_jobs")
    assert [(job.task_name, job.args) for job in jobs] == [("react", {"ids": [str(event.id) for event in events]})]
    async with asyncio.timeout(5):
        while not notices:
            await asyncio.sleep(0.01)
    assert len(notices) == 1
    told = notices[0][1]["events"]
    assert [event["what"] for event in told] == ["a", "b"]
    payload = told[0]
    assert (payload["type"], payload["v"], payload["what"], payload["at"]) == (
        "happened",
        1,
        "a",
        "2026-05-04T12:00:00+00:00",
    )


async def test_a_request_finds_its_answerer_or_nobody(bus: Bus):
    async def answer(_: str, payload: dict[str, Any]) -> dict[str, Any]:
        return {"n": payload["n"] + 1}

    subject = f"test.{new_id()}"
    await bus.listen(subject, answer)

    assert await bus.ask(subject, {"n": 1}) == {"n": 2}
    with pytest.raises(NobodyThere):
        await bus.ask(f"test.{new_id()}", {})
