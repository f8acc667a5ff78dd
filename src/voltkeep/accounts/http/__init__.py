"""The web face of accounts; other capabilities take `ActorDep` from here."""

from __future__ import annotations

from fastapi import APIRouter

from voltkeep.accounts.http import api_tokens, audit, me, people, sign_in
from voltkeep.accounts.http.actor import ActorDep, current_actor

router = APIRouter()
for part in (sign_in, me, people, api_tokens, audit):
    router.include_router(part.router)

__all__ = ["ActorDep", "current_actor", "router"]
