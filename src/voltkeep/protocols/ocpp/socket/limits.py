"""Token buckets that bound what strangers cost."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    level: float
    at_s: float


class Buckets:
    """One bucket a key: `burst` at once, then `per_s`. At most `most` keys; the one unused longest is forgotten first.

    A forgotten bucket is full again, so the bound is on memory and not a way around the limit for few addresses.
    """

    def __init__(self, *, burst: float, per_s: float, most: int = 10_000) -> None:
        self._burst = burst
        self._per_s = per_s
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def is_empty(self, key: str, now_s: float) -> bool:
        """Whether the key has used up what it may; takes nothing."""
        bucket = self._buckets.get(key)
        return bucket is not None and self._level(bucket, now_s) < 1

    def take(self, key: str, now_s: float) -> None:
        """Count one failure of the key."""
        bucket = self._buckets.pop(key, None)
        level = self._burst if bucket is None else self._level(bucket, now_s)
        self._buckets[key] = _Bucket(max(0.0, level - 1), now_s)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)

    def __len__(self) -> int:
        return len(self._buckets)

    def _level(self, bucket: _Bucket, now_s: float) -> float:
        return min(self._burst, bucket.level + (now_s - bucket.at_s) * self._per_s)
