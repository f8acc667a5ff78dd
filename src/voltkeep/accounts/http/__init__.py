"""The web face of accounts; other capabilities take `ActorDep` from here."""

from __future__ import annotations

from voltkeep.accounts.http.actor import ActorDep, current_actor

__all__ = ["ActorDep", "current_actor"]
