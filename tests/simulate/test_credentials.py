"""Credentials come from the API once and are kept for this user alone."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from voltkeep.apps.simulate.credentials import Api, Credentials, Refused


class Platform(Api):
    """Answers as the API does, from a table of known identities."""

    def __init__(self, *known: str) -> None:
        super().__init__("http://127.0.0.1:1", "token")
        self.known = set(known)
        self.asked: list[str] = []

    async def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        if path == "/tokens":
            return 201, {}
        if path == "/stations":
            if body["identity"] in self.known:
                return 409, {"title": "This identity is taken"}
            self.known.add(body["identity"])
        return 201, {"password": f"password {len(self.asked)}"}


async def test_a_new_station_is_made_and_its_password_kept_with_mode_0600(tmp_path: Path) -> None:
    file, platform = tmp_path / "fleet" / "fleet.json", Platform()
    first = Credentials(file, platform)
    await first.ensure_cards(3)
    password = await first.password("SIM-0001")
    first.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = Credentials(file, platform)
    again.load()
    assert await again.password("SIM-0001") == password
    assert len(await again.ensure_cards(3)) == 3
    assert platform.asked == ["/tokens"] * 3 + ["/stations"]


async def test_a_station_whose_password_is_not_known_gets_a_new_one(tmp_path: Path) -> None:
    platform = Platform("SIM/0001")
    credentials = Credentials(tmp_path / "fleet.json", platform)
    assert await credentials.password("SIM/0001") == "password 2"
    assert platform.asked == ["/stations", "/stations/SIM%2F0001/rotate-password"]


async def test_a_refused_password_is_replaced_once_however_many_ask(tmp_path: Path) -> None:
    platform = Platform("SIM-0001")
    credentials = Credentials(tmp_path / "fleet.json", platform, {"SIM-0001": "old"})
    fresh = await credentials.renew("SIM-0001", "old")
    assert await credentials.renew("SIM-0001", "old") == fresh
    assert fresh != "old"
    assert len(platform.asked) == 2


async def test_without_a_token_only_known_passwords_work(tmp_path: Path) -> None:
    credentials = Credentials(tmp_path / "fleet.json", None, {"SIM-0001": "kept"})
    assert await credentials.password("SIM-0001") == "kept"
    assert await credentials.password("SIM-0002") is None
    with pytest.raises(Refused, match="no API token"):
        await credentials._ask("/stations", {}, fine=(201,))
