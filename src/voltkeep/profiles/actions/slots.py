"""The slot dictionary: which place in the tick a numeric parameter has. It only grows."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import Counter

from voltkeep.kit import clock
from voltkeep.kit.db import Tx
from voltkeep.profiles import store
from voltkeep.profiles.model import MOST_SLOTS, Slot, SlotKey

SLOTS_REFUSED = Counter("voltkeep_slots_refused_total", "Kinds of reading without a place: the layout is full")

Place = tuple[str, str, str]


class SlotCache:
    """Slots known to this process, by layout. Many processes may append at once; what one commits, others find."""

    def __init__(self) -> None:
        self._known: dict[int, dict[Place, int]] = {}

    async def resolve(self, tx: Tx, layout_no: int, wanted: Iterable[SlotKey]) -> dict[SlotKey, int]:
        """The slot (from 1) of each key, appended where it is new; a key is missing only when the layout is full.

        No statement when all are known. New ones become known to others, and to the cache, with the commit.
        """
        keys = set(wanted)
        known = self._known.setdefault(layout_no, {})
        if all(key.place in known for key in keys) or len(known) >= MOST_SLOTS:
            return _places(keys, known)
        found = {one.place: one.slot for one in await self._look(tx, layout_no)}
        missing = {key.place: key for key in keys if key.place not in found}
        if missing:
            await store.add_slots(tx, layout_no, sorted(missing.values(), key=lambda one: one.place), clock.now())
            found = {one.place: one.slot for one in await self._look(tx, layout_no)}
        self._learn_after_commit(tx, layout_no, found)
        return _places(keys, found)

    async def _look(self, tx: Tx, layout_no: int) -> list[Slot]:
        return await store.slots(tx, layout_no)

    def _learn_after_commit(self, tx: Tx, layout_no: int, found: dict[Place, int]) -> None:
        async def learn() -> None:
            self._known[layout_no] = {**self._known.get(layout_no, {}), **found}

        tx.after_commit.append(learn)


def _places(keys: set[SlotKey], known: dict[Place, int]) -> dict[SlotKey, int]:
    SLOTS_REFUSED.inc(sum(key.place not in known for key in keys))
    return {key: known[key.place] for key in keys if key.place in known}


async def slots_of(tx: Tx, layout_no: int) -> list[Slot]:
    """All slots of a layout, in order of place."""
    return await store.slots(tx, layout_no)
