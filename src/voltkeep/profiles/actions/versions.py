"""Profile versions: the built-in ones are made at start, all are read by id."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.kit.errors import NotVisible
from voltkeep.kit.ids import new_id
from voltkeep.profiles import store
from voltkeep.profiles.builtin import BUILTINS
from voltkeep.profiles.model import ProfileVersion


class NoProfile(NotVisible):
    """The database lacks the built-in profile: `voltkeep migrate` makes it."""

    code = "no-profile"
    title = "The profile is missing; run `voltkeep migrate`"


async def ensure_builtin(tx: Tx, now: datetime) -> None:
    """Make the built-in profiles, and a new version of one whose document has changed. May run any number of times."""
    await store.lock_builtins(tx)
    for builtin in BUILTINS:
        newest = await store.newest_builtin(tx, builtin.key)
        if newest is not None and newest.document == builtin.document:
            continue
        profile_id = newest.profile_id if newest else new_id()
        if newest is None:
            await store.add_builtin(tx, profile_id=profile_id, key=builtin.key, name=builtin.name, now=now)
        number = newest.version + 1 if newest else 1
        await store.add_version(
            tx, version_id=new_id(), profile_id=profile_id, number=number, document=builtin.document, now=now
        )


async def load_profiles(tx: Tx) -> dict[UUID, ProfileVersion]:
    """Every published version by id."""
    return {version.id: version for version in await store.versions(tx)}


async def profile_version(tx: Tx, version_id: UUID) -> ProfileVersion:
    """One version. Raises NotVisible."""
    found = await store.version_of_id(tx, version_id)
    if found is None:
        raise NotVisible
    return found


async def profile_for_protocol(tx: Tx, protocol: str) -> ProfileVersion:
    """The built-in profile a new station of this protocol starts with. Raises NoProfile."""
    for builtin in BUILTINS:
        if builtin.protocol == protocol:
            found = await store.newest_builtin(tx, builtin.key)
            if found is not None:
                return found
    raise NoProfile(protocol=protocol)


async def superseded_builtins(tx: Tx) -> dict[UUID, list[UUID]]:
    """The newest version of each built-in profile with the ids of those it took the place of."""
    found: dict[UUID, list[UUID]] = {}
    for builtin in BUILTINS:
        newest = await store.newest_builtin(tx, builtin.key)
        if newest is not None:
            versions = await store.versions_of_builtin(tx, newest.profile_id)
            found[newest.id] = [one.id for one in versions if one.id != newest.id]
    return found
