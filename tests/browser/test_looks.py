"""Every screen in both schemes, both languages, on a desk and on a phone: nothing for axe to find, nothing cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.browser.charger import Charger
from tests.browser.panel import Console, axe_violations, settled, until
from tests.flows.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
STATION = "LOOKS-1"
SCREENS = {
    "overview": "/",
    "stations": "/stations",
    "stations-none": "/stations?search=nothing-like-it",
    "waiting": "/stations?tab=waiting",
    "station": f"/stations/{STATION}",
    "station-history": f"/stations/{STATION}?tab=history",
    "station-configuration": f"/stations/{STATION}?tab=configuration",
    "station-commands": f"/stations/{STATION}?tab=commands",
    "station-log": f"/stations/{STATION}?tab=log",
    "station-details": f"/stations/{STATION}?tab=details",
    "sessions": "/sessions",
    "sessions-ended": "/sessions?tab=ended",
    "tokens": "/tokens",
    "health": "/health",
    "audit": "/audit",
    "api-tokens": "/api-tokens",
    "profile": "/profile",
}


@pytest.fixture(scope="module")
def session_path(stack: Stack) -> Iterator[str]:
    """A station that charges while its pictures are taken; the address of its session."""
    with stack.api() as api:
        password = api.post("/stations", json={"identity": STATION, "name": "Car park, level 2"}).json()["password"]
        api.post("/tokens", json={"uid": "04ABBA01", "label": "Pool car"})
        with Charger(stack, STATION, password, speed=1):
            until(lambda: api.get(f"/stations/{STATION}").json()["connectors"])
            wanted = {"action": "start", "arguments": {"connector": 1, "token": "04ABBA01"}}
            assert api.post(f"/stations/{STATION}/commands", json=wanted).status_code == 202
            live = {"station": STATION, "state": "live"}
            (session,) = until(lambda: api.get("/sessions", params=live).json()["items"])
            yield f"/sessions/{session['id']}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_fits(
    stack: Stack,
    browser: Browser,
    signed_in: dict[str, Any],
    console: Console,
    shots: Path | None,
    session_path: str,
    size: str,
    scheme: Literal["light", "dark"],
) -> None:
    context = browser.new_context(
        base_url=stack.http, storage_state=signed_in, viewport=SIZES[size], color_scheme=scheme, locale="en-GB"
    )
    page = context.new_page()
    console.listen(page)
    for name, path in {**SCREENS, "session": session_path}.items():
        page.goto(path)
        settled(page)
        if shots:
            page.screenshot(path=shots / f"{name}-{size}-{scheme}.png")
        assert axe_violations(page) == [], f"{name}, {size}, {scheme}"
        assert_nothing_sticks_out(page, f"{name}, {size}, {scheme}")
    context.close()


def assert_nothing_sticks_out(page: Page, where: str) -> None:
    """The page itself never scrolls sideways."""
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner, f"{where}: {width} px wide on a screen of {inner}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_and_sign_in_are_accessible(
    stack: Stack, browser: Browser, page: Page, shots: Path | None, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    openers = {
        "/stations": "Add station",
        "/tokens": "Add token",
        "/api-tokens": "New API token",
        "/": "Find or open",
    }
    for path, opener in openers.items():
        page.goto(path)
        settled(page)
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.wait_for_timeout(400)
        if shots:
            page.screenshot(path=shots / f"dialog-{opener.replace(' ', '-').lower()}-{scheme}.png")
        assert axe_violations(page) == [], f"{opener}, {scheme}"
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    outside = browser.new_context(base_url=stack.http, color_scheme=scheme).new_page()
    outside.goto("/sign-in")
    settled(outside)
    if shots:
        outside.screenshot(path=shots / f"sign-in-{scheme}.png")
    assert axe_violations(outside) == []
    outside.context.close()


def english_texts() -> list[str]:
    """Whole texts of the English locale that would be noticed among Ukrainian ones."""
    folder = Path(__file__).parents[2] / "web" / "packages" / "words" / "src" / "locales"
    told: list[str] = []

    def walk(tree: dict[str, Any]) -> None:
        for value in tree.values():
            if isinstance(value, dict):
                walk(value)
            elif "{{" not in value and len(value) >= 5:
                told.append(value)

    for part in ("", ".server", ".parameters"):
        walk(json.loads((folder / f"en{part}.json").read_text()))
    # Names of products and protocols are the same in every language.
    return [text for text in told if text not in {"PostgreSQL", "Voltkeep", "Ctrl K"}]


# What the screen says in our own words: values of stations stand in a fixed-width font.
OUR_WORDS = """(main) => {
  const values = main.querySelectorAll('.vk-mono');
  for (const value of values) value.style.display = 'none';
  const words = main.innerText;
  for (const value of values) value.style.display = '';
  return words;
}"""


def test_ukrainian_speaks_ukrainian_everywhere(
    stack: Stack,
    browser: Browser,
    signed_in: dict[str, Any],
    console: Console,
    shots: Path | None,
    session_path: str,
) -> None:
    context = browser.new_context(
        base_url=stack.http, storage_state=signed_in, locale="uk-UA", viewport=SIZES["desktop"]
    )
    page = context.new_page()
    console.listen(page)
    page.goto("/")
    english = english_texts()
    assert len(english) > 400
    expect(page.get_by_role("heading", name="Огляд", level=1)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "uk"
    for name, path in {**SCREENS, "session": session_path}.items():
        page.goto(path)
        settled(page)
        if shots:
            page.screenshot(path=shots / f"{name}-uk.png")
        words = page.locator("main").evaluate(OUR_WORDS)
        assert "Заряджає" in words or name not in {"station", "session"}
        if name == "station-log":
            continue  # what stations say is shown as they said it
        spoken = [text for text in english if re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.])", words)]
        assert spoken == [], f"{name} speaks English"
    page.goto("/")
    page.get_by_role("button", name="Мова").click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()
    context.close()


def test_the_phone_has_its_menu_in_a_drawer(
    stack: Stack, browser: Browser, signed_in: dict[str, Any], console: Console
) -> None:
    context = browser.new_context(
        base_url=stack.http, storage_state=signed_in, viewport=SIZES["phone"], locale="en-GB", has_touch=True
    )
    page = context.new_page()
    console.listen(page)
    page.goto("/")
    expect(page.get_by_role("link", name="Stations", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Open menu").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    page.wait_for_timeout(400)
    assert axe_violations(page) == []
    drawer.get_by_role("link", name="Stations", exact=True).click()
    expect(page.get_by_role("heading", name="Stations", level=1)).to_be_visible()
    expect(drawer).to_have_count(0)
    context.close()
