"""The worker role: does the jobs that facts left behind, and turns the loops. Any number may run."""

from __future__ import annotations

import asyncio
from functools import partial

import structlog
from procrastinate.jobs import Status
from prometheus_client import Gauge

from voltkeep.apps import wiring
from voltkeep.apps.loops import Loop, Loops
from voltkeep.apps.probe_server import probe
from voltkeep.commands import tasks as commands
from voltkeep.kit.health import Check
from voltkeep.kit.jobs import Jobs
from voltkeep.kit.services import Services
from voltkeep.kit.settings import Settings
from voltkeep.sessions import tasks as sessions
from voltkeep.stations import tasks as stations
from voltkeep.telemetry import tasks as telemetry

CONCURRENCY = 4
LEAST_POOL = 14  # a turning loop holds one connection for its lock and one for its work
GRACE_S = 10.0  # a job may take so long to finish after SIGTERM; then it is given to another worker
DEAD_AFTER_S = 30.0  # silence after which a worker is taken to be dead and its jobs are done again
FETCH_EVERY_S = 5.0
DONE_KEPT_HOURS = 1
FAILED_KEPT_HOURS = 30 * 24

JOBS = Gauge("voltkeep_jobs", "Jobs by state; `failed` ones wait for a person", ["state"])

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Until cancelled; jobs in hand get ten seconds to finish."""
    settings = settings.model_copy(update={"database_pool": max(settings.database_pool, LEAST_POOL)})
    async with wiring.running_services(settings, name="voltkeep-worker") as services:
        services.jobs.register(wiring.task_kinds(services))
        loops = Loops(services.database, loops_of(services))
        doing = Doing(services.jobs)
        health = wiring.health_of(services)
        health.add("loops", loops.check())
        health.add("jobs", doing.check())
        await telemetry.make_ahead(services.database)
        async with services.jobs.app.open_async(), loops.turning(), probe(health, settings):
            await doing.keep_working()


def loops_of(services: Services) -> list[Loop]:
    """What is done more often than every minute, and what keeps the job queue itself in order."""
    database, jobs, settings = services.database, services.jobs, services.settings
    return [
        Loop("roll-up", telemetry.ROLL_UP_EVERY_S, partial(telemetry.roll_up_due, database)),
        Loop(
            "close-zombies",
            sessions.CLOSE_EVERY_S,
            partial(sessions.close_zombies, database, settings.session_zombie_after_s),
        ),
        Loop(
            "sweep-offline",
            stations.sweep_every_s(settings.offline_after_s),
            partial(stations.sweep_offline, database, settings.offline_after_s),
        ),
        Loop("expire-commands", commands.EXPIRE_EVERY_S, partial(commands.expire_commands, database)),
        Loop("rescue-jobs", 15, partial(rescue_jobs, jobs)),
        Loop("purge-jobs", 600, partial(purge_jobs, jobs)),
        Loop("count-jobs", 15, partial(count_jobs, services)),
    ]


class Doing:
    """The job queue's worker, started again whenever it gives up (it does when the database goes away)."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._faults = 0

    def check(self) -> Check:
        """A check that fails while the queue's worker can't run."""

        async def check() -> str:
            if self._faults:
                raise ConnectionError("the job queue's worker had to start again and isn't up yet")
            return f"{CONCURRENCY} jobs at a time"

        return check

    async def keep_working(self) -> None:
        """Until cancelled."""
        while True:
            began = asyncio.get_running_loop().time()
            await self._work()
            lasted_s = asyncio.get_running_loop().time() - began
            self._faults = 1 if lasted_s > DEAD_AFTER_S else self._faults + 1
            await asyncio.sleep(min(2.0 ** (self._faults - 1), 15.0))

    async def _work(self) -> None:
        settled = asyncio.create_task(self._believe_in_it(), name="jobs-settled")
        try:
            await self._jobs.app.run_worker_async(
                concurrency=CONCURRENCY,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE_S,
                fetch_job_polling_interval=FETCH_EVERY_S,
                stalled_worker_timeout=DEAD_AFTER_S,
            )
            log.warning("the job queue's worker stopped")
        except Exception as error:  # the queue raises what the database raised
            log.warning("the job queue's worker failed", error=f"{type(error).__name__}: {error}"[:300])
        finally:
            settled.cancel()

    async def _believe_in_it(self) -> None:
        await asyncio.sleep(2)
        self._faults = 0


async def rescue_jobs(jobs: Jobs) -> int:
    """Give the jobs of dead workers to living ones; how many. A job may thus run twice, as each kind must allow."""
    stalled = list(await jobs.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S))
    for job in stalled:
        await jobs.app.job_manager.retry_job(job)
    return len(stalled)


async def purge_jobs(jobs: Jobs) -> None:
    """Forget what was done an hour ago, and what failed a month ago."""
    await jobs.app.job_manager.delete_old_jobs(nb_hours=DONE_KEPT_HOURS)
    await jobs.app.job_manager.delete_old_jobs(
        nb_hours=FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def count_jobs(services: Services) -> None:
    """Show how many jobs wait, run and failed."""
    async with services.database.transaction() as tx:
        rows = await tx.rows("select status::text as status, count(*) as n from procrastinate_jobs group by 1")
    counted = {row.status: row.n for row in rows}
    for state in (Status.TODO, Status.DOING, Status.FAILED):
        JOBS.labels(state.value).set(counted.get(state.value, 0))
