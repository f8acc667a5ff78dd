"""A running Voltkeep with a built panel, and a browser signed in to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.panel import Console, Panel
from tests.flows.stack import Stack

from voltkeep.apps.panel_files import FOLDER

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """One whole Voltkeep for all browser tests; each test makes stations of its own."""
    if not (FOLDER / "index.html").exists():
        pytest.fail("The panel isn't built: run `npm ci && npm run build` in web/")
    one = Stack(VOLTKEEP_OCPP_PING_S="5")
    try:
        one.start()
        yield one
        print(one.said()[-20_000:])  # noqa: T201  pytest shows it only for a failure
    finally:
        one.remove()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = os.environ.get("VOLTKEEP_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def administrator(stack: Stack) -> tuple[str, str]:
    """E-mail address and password of the first administrator."""
    email, password = (stack.folder / "first-administrator.txt").read_text().split()
    return email, password


@pytest.fixture(scope="session")
def signed_in(stack: Stack, browser: Browser, administrator: tuple[str, str]) -> dict[str, object]:
    """The cookies of a signed-in administrator, taken once: sign-in is slow on purpose."""
    context = browser.new_context(base_url=stack.http)
    Panel(context.new_page()).sign_in(*administrator)
    state = dict(context.storage_state())
    context.close()
    return state


@pytest.fixture
def console() -> Iterator[Console]:
    """What pages complained about; a test that ends with complaints fails."""
    heard = Console()
    yield heard
    assert heard.complaints == []


@pytest.fixture
def context(stack: Stack, browser: Browser, signed_in: dict[str, object], console: Console) -> Iterator[BrowserContext]:
    """A signed-in desktop browser."""
    one = browser.new_context(
        base_url=stack.http, storage_state=signed_in, viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    one.on("page", console.listen)
    yield one
    one.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of the signed-in browser."""
    return context.new_page()


@pytest.fixture(scope="session")
def shots() -> Path | None:
    """Where to put pictures of the screens, if anybody wants them (VOLTKEEP_TEST_SHOTS)."""
    wanted = os.environ.get("VOLTKEEP_TEST_SHOTS")
    if not wanted:
        return None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
