"""Cursor pages: stable while rows come and go, and bounded."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import orjson
from pydantic import BaseModel

from voltkeep.kit.errors import Invalid

MOST_PER_PAGE = 500

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """`next` is the cursor of the following page, null on the last."""

    items: list[Item]
    next: str | None = None
    total: int | None = None


def place_in(cursor: str | None, *kinds: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """The sort keys in a cursor, each as its kind (`str`, `UUID`, `datetime.fromisoformat`). Raises Invalid."""
    keys = from_cursor(cursor, len(kinds))
    if keys is None:
        return None
    try:
        return tuple(kind(str(key)) for kind, key in zip(kinds, keys, strict=True))
    except ValueError as error:
        raise Invalid("This cursor belongs to another list", field="cursor") from error


def to_cursor(*keys: Any) -> str:
    """An opaque cursor of the last row's sort keys."""
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("=")


def from_cursor(cursor: str | None, count: int) -> list[Any] | None:
    """The sort keys in a cursor, or None for the first page. Raises Invalid for anything we didn't make."""
    if cursor is None:
        return None
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise Invalid("This cursor isn't one of ours", field="cursor") from error
    if not isinstance(keys, list) or len(keys) != count:
        raise Invalid("This cursor belongs to another list", field="cursor")
    return keys
