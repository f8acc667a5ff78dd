"""The web face of stations."""

from __future__ import annotations

from fastapi import APIRouter

from voltkeep.stations.http import admission, history, listing, parameters, register, sites, waiting

router = APIRouter()
# `waiting` first: its paths would otherwise be read as identities.
for part in (waiting, listing, register, admission, history, parameters, sites):
    router.include_router(part.router)

__all__ = ["router"]
