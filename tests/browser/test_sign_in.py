"""Coming in: wrong passwords, expired sessions, and work without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.charger import Charger
from tests.browser.panel import Console, Panel
from tests.flows.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture
def stranger(stack: Stack, browser: Browser, console: Console) -> Page:
    """A page of somebody who isn't signed in."""
    page = browser.new_context(base_url=stack.http, locale="en-GB").new_page()
    console.listen(page)
    return page


def test_a_wrong_password_is_said_plainly_and_the_right_one_leads_back(
    stranger: Page, stack: Stack, administrator: tuple[str, str]
) -> None:
    email, password = administrator
    stranger.goto("/stations?online=no")
    expect(stranger.get_by_role("heading", name="Sign in")).to_be_visible()
    stranger.get_by_label("E-mail").fill(email)
    stranger.locator("input[name=password]").fill("not-the-password")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("alert")).to_contain_text("don't fit together")
    stranger.wait_for_timeout(1500)
    stranger.locator("input[name=password]").fill(password)
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger).to_have_url(f"{stack.http}/stations?online=no")
    expect(stranger.get_by_role("heading", name="Stations", level=1)).to_be_visible()
    stranger.context.close()


def test_a_session_that_ends_while_one_works_leads_to_sign_in_and_back(
    stranger: Page, stack: Stack, administrator: tuple[str, str]
) -> None:
    panel = Panel(stranger)
    panel.sign_in(*administrator)
    stranger.get_by_role("link", name="Sessions", exact=True).click()
    expect(stranger.get_by_role("heading", name="Sessions", level=1)).to_be_visible()
    stranger.context.clear_cookies()
    stranger.get_by_role("tab", name="Ended").click()
    expect(stranger.get_by_text("continue where you were")).to_be_visible(timeout=15_000)
    stranger.get_by_label("E-mail").fill(administrator[0])
    stranger.locator("input[name=password]").fill(administrator[1])
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger).to_have_url(f"{stack.http}/sessions?tab=ended")
    stranger.context.close()


def test_from_sign_in_to_charging_with_the_keyboard_alone(
    stranger: Page, stack: Stack, administrator: tuple[str, str]
) -> None:
    with stack.api() as api:
        password = api.post("/stations", json={"identity": "KEYS-1"}).json()["password"]
        api.post("/tokens", json={"uid": "04C0FFEE"})
    press = stranger.keyboard.press
    with Charger(stack, "KEYS-1", password):
        stranger.goto("/sign-in")
        stranger.get_by_label("E-mail").focus()
        stranger.keyboard.type(administrator[0])
        press("Tab")
        stranger.keyboard.type(administrator[1])
        press("Enter")
        expect(stranger.get_by_role("heading", name="Overview", level=1)).to_be_visible()

        press("Control+k")
        expect(stranger.get_by_role("combobox", name="Find or open")).to_be_focused()
        stranger.keyboard.type("KEYS-1")
        expect(stranger.get_by_role("option", name="KEYS-1")).to_have_attribute("aria-selected", "true")
        press("Enter")
        expect(stranger.get_by_role("heading", name="KEYS-1", level=1)).to_be_visible()
        row = stranger.get_by_test_id("connector-1")
        expect(row.locator("[data-status=available]")).to_be_visible(timeout=20_000)

        start = row.get_by_role("button", name="Start")
        for _ in range(60):
            press("Tab")
            if start.evaluate("element => element === document.activeElement"):
                break
        expect(start).to_be_focused()
        press("Enter")
        token = stranger.get_by_role("dialog").get_by_role("combobox", name="Token")
        expect(token).to_be_focused()
        stranger.keyboard.type("04C0FFEE")
        press("Enter")
        expect(stranger.get_by_role("dialog").get_by_role("button", name="Start")).to_be_enabled()
        press("Enter")
        expect(row.locator("[data-phase=charging]")).to_have_text("Charging", timeout=20_000)
    stranger.context.close()
