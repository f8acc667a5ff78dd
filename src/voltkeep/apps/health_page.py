"""The state of the platform itself, for those who look after it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import cast

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.http import ActorDep
from voltkeep.accounts.permissions import HEALTH_VIEW
from voltkeep.apps.role_health import children_of
from voltkeep.kit.health import Health
from voltkeep.kit.job_counts import job_counts
from voltkeep.kit.web import ServicesDep

router = APIRouter(tags=["health"])


class HealthCheck(BaseModel):
    """`detail` says what was found, or what is wrong and what to do."""

    name: str
    ok: bool
    detail: str
    ms: float


class RoleState(BaseModel):
    """A process that `voltkeep up` looks after."""

    model_config = ConfigDict(extra="ignore")

    name: str
    state: str
    pid: int | None = None
    since: datetime | None = None
    restarts: int = 0
    reason: str | None = None


class JobQueue(BaseModel):
    """`waiting` never ran, `failed` will be tried again, `dead` was given up."""

    waiting: int
    running: int
    failed: int
    dead: int
    oldest_at: datetime | None


class PlatformHealth(BaseModel):
    """`status` is `ready` when every check passed."""

    status: str
    checks: list[HealthCheck]
    roles: list[RoleState]
    jobs: JobQueue


@router.get("/health")
async def get_health(request: Request, actor: ActorDep, services: ServicesDep) -> PlatformHealth:
    """Checks, processes and the job queue."""
    require_anywhere(actor, HEALTH_VIEW)
    checks = await cast(Health, request.app.state.health).run()
    children = await asyncio.to_thread(children_of, services.settings)
    async with services.database.transaction() as tx:
        jobs = await job_counts(tx)
    return PlatformHealth(
        status="ready" if all(one.ok for one in checks) else "not-ready",
        checks=[HealthCheck(**asdict(one)) for one in checks],
        roles=[RoleState.model_validate(one) for one in children],
        jobs=JobQueue(**asdict(jobs)),
    )
