"""The panel as a person uses it, and what the browser says about it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
# The browser logs every refused or failed call as an error; how the panel takes it is what the tests look at.
EXPECTED = ("Failed to load resource",)


class Console:
    """Errors and warnings of the pages listened to."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def listen(self, page: Page) -> None:
        """Hear this page from now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in EXPECTED):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")


class Panel:
    """Steps that several tests take."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, email: str, password: str) -> None:
        """Sign in and wait for the overview."""
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Overview", level=1)).to_be_visible()

    def add_station(self, identity: str) -> str:
        """Add a station by hand; gives the password that is shown once."""
        self.page.goto("/stations")
        self.page.get_by_role("button", name="Add station").first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Identity").fill(identity)
        dialog.get_by_role("button", name="Add station").click()
        expect(dialog.get_by_text("shown only this once")).to_be_visible()
        password = dialog.locator(".vk-mono").inner_text()
        dialog.get_by_role("button", name="Done").click()
        return password

    def open_station(self, identity: str) -> None:
        """Open a station's page by its address."""
        self.page.goto(f"/stations/{identity}")
        expect(self.page.get_by_role("heading", name=identity, level=1)).to_be_visible()


def until(ask: Callable[[], Any], within_s: float = 20) -> Any:
    """Asks until the answer is true, and gives it."""
    ends_at = time.monotonic() + within_s
    while not (answer := ask()):
        assert time.monotonic() < ends_at, "it didn't happen in time"
        time.sleep(0.1)
    return answer


def settled(page: Page) -> None:
    """Wait until nothing loads any more: what has come may show further skeletons, so look again."""
    page.wait_for_load_state("load")
    for _ in range(3):
        page.wait_for_timeout(150)
        expect(page.locator(".mantine-Skeleton-root")).to_have_count(0, timeout=15_000)


def axe_violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practices: rule, target and reason."""
    page.evaluate(AXE.read_text())
    wanted = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(wanted)}}})")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
