"""How the job queue stands, for the health page and the metrics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voltkeep.kit.db import Tx


@dataclass(frozen=True, slots=True)
class JobCounts:
    """`waiting` never ran, `failed` will be tried again, `dead` was given up; `oldest_at`: since when one is due."""

    waiting: int
    running: int
    failed: int
    dead: int
    oldest_at: datetime | None


async def job_counts(tx: Tx) -> JobCounts:
    """Counts of unfinished and given-up jobs."""
    row = await tx.one(
        """
        select count(*) filter (where status = 'todo' and attempts = 0) waiting,
               count(*) filter (where status = 'doing') running,
               count(*) filter (where status = 'todo' and attempts > 0) failed,
               count(*) filter (where status in ('failed', 'aborted')) dead,
               min(scheduled_at) filter (where status = 'todo' and scheduled_at <= now()) oldest_at
          from procrastinate_jobs where status <> 'succeeded'
        """
    )
    return JobCounts(row.waiting, row.running, row.failed, row.dead, row.oldest_at)
