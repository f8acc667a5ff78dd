"""Whether every process of this installation answers, for the readiness of the API and the health page."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from voltkeep.apps.data_folder import DataFolder
from voltkeep.kit.settings import Settings

if TYPE_CHECKING:
    from voltkeep.kit.health import Check

ANSWER_LIMIT_BYTES = 65_536


@dataclass(frozen=True)
class Answer:
    """What a health address said; status 0 means that nobody answered."""

    status: int
    body: str


async def ask(url: str, *, timeout_s: float = 2.0) -> Answer:
    """GET over a new connection, with nothing but the standard library."""
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    try:
        async with asyncio.timeout(timeout_s):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(f"GET {parts.path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                answer = await reader.read(ANSWER_LIMIT_BYTES)
                while chunk := await reader.read(ANSWER_LIMIT_BYTES):
                    answer = (answer + chunk)[:ANSWER_LIMIT_BYTES]
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return Answer(0, "")
    head, _, body = answer.decode(errors="replace").partition("\r\n\r\n")
    words = head.split(" ", 2)
    return Answer(int(words[1]) if len(words) > 1 and words[1].isdigit() else 0, body)


def children_of(settings: Settings) -> list[dict[str, Any]]:
    """The children that our own `voltkeep up` looks after, as in roles.json; none when nobody supervises us.

    Each: name, state, since, pid, restarts, last_exit, reason, health_url.
    """
    place = DataFolder(settings.data_dir)
    if not os.environ.get("VOLTKEEP_SUPERVISOR") or not place.roles.exists():
        return []
    known = json.loads(place.roles.read_text())
    if str(known["supervisor"]) != os.environ["VOLTKEEP_SUPERVISOR"]:
        return []
    children: list[dict[str, Any]] = known["children"]
    return children


def roles_check(settings: Settings) -> Check:
    """A check that fails while a sibling process of `voltkeep up` is down or not ready."""

    async def check() -> str:
        children = [child for child in children_of(settings) if child["name"] not in {"api", "fleet"}]
        down = [child["name"] for child in children if child["state"] != "running"]
        asked = [child for child in children if child["state"] == "running" and child["health_url"]]
        answers = await asyncio.gather(*(ask(child["health_url"]) for child in asked))
        down += [child["name"] for child, answer in zip(asked, answers, strict=True) if answer.status != 200]
        if down:
            raise ConnectionError(f"not ready: {', '.join(sorted(down))}")
        return f"{len(children)} processes" if children else "no supervisor"

    return check
