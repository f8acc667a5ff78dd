"""How the fleet gets its stations' passwords and its cards: from the API, kept in a file of this user alone."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ANSWERS_WITHIN_S = 30
SAVE_EACH_S = 1.0
UNANSWERED = (OSError, http.client.HTTPException, ValueError)


class Refused(Exception):
    """The API said no; the text says to what and why."""


@dataclass
class Api:
    """The few requests the fleet makes, one at a time."""

    url: str
    token: str

    async def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and JSON answer; raises OSError when nobody answers."""
        return await asyncio.to_thread(self._post, path, body)

    def _post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "127.0.0.1", parts.port, timeout=ANSWERS_WITHIN_S)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request("POST", f"{parts.path.rstrip('/')}/api/v1{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else {}
        finally:
            connection.close()


@dataclass
class Credentials:
    """Passwords by identity, and cards; `path` holds them between runs with mode 0600."""

    path: Path
    api: Api | None
    passwords: dict[str, str] = field(default_factory=dict)
    cards: list[str] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _saving: bool = False

    def load(self) -> None:
        """Reads what an earlier run kept for the same platform."""
        if self.path.exists():
            kept = json.loads(self.path.read_text())
            self.passwords, self.cards = dict(kept["passwords"]), list(kept["cards"])

    async def ensure_cards(self, count: int) -> tuple[str, ...]:
        """The first `count` cards of the fleet, made known to the platform where it doesn't know them."""
        for number in range(len(self.cards), count):
            uid = f"51A0{number:04X}"
            if self.api is not None:
                await self._ask("/tokens", {"uid": uid}, fine=(201, 409))
            self.cards.append(uid)
        self._save()
        return tuple(self.cards[:count])

    async def password(self, identity: str) -> str | None:
        """The station's password; a station nobody knows is made, one without a known password gets a new one."""
        if identity in self.passwords or self.api is None:
            return self.passwords.get(identity)
        async with self._turn:
            return await self._renew(identity)

    async def renew(self, identity: str, refused: str | None) -> str | None:
        """Another password than the one that was refused."""
        async with self._turn:
            if self.passwords.get(identity) != refused or self.api is None:
                return self.passwords.get(identity)
            return await self._renew(identity)

    def close(self) -> None:
        """Keeps what isn't kept yet."""
        if self._saving:
            self._save()

    async def _renew(self, identity: str) -> str:
        status, answer = await self._ask("/stations", {"identity": identity}, fine=(201, 409))
        if status == 409:
            _, answer = await self._ask(f"/stations/{quote(identity, safe='')}/rotate-password", {}, fine=(200, 201))
        password = self.passwords[identity] = str(answer["password"])
        self._save_soon()
        return password

    def _save_soon(self) -> None:
        """At most once a second; a password lost in between is replaced by the next run."""
        if not self._saving:
            self._saving = True
            asyncio.get_running_loop().call_later(SAVE_EACH_S, self._save)

    async def _ask(self, path: str, body: dict[str, Any], fine: tuple[int, ...]) -> tuple[int, dict[str, Any]]:
        if self.api is None:
            raise Refused(f"{path}: no API token was given")
        status, answer = await self.api.post(path, body)
        if status not in fine:
            raise Refused(f"{path}: {status} {answer.get('title', '')} {answer.get('detail', '')}".strip())
        return status, answer

    def _save(self) -> None:
        self._saving = False
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        making = self.path.with_suffix(".new")
        handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({"passwords": self.passwords, "cards": self.cards}, file)
        making.replace(self.path)
