"""What an operator does in a day: a station is added, charges because somebody clicked, and is looked after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.charger import Charger
from tests.browser.panel import Panel
from tests.flows.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CARD = "04BEEF01"
SOON_MS = 20_000


def add_token(stack: Stack, uid: str) -> None:
    with stack.api() as api:
        assert api.post("/tokens", json={"uid": uid, "label": "Pool car"}).status_code in (201, 409)


def test_a_station_is_added_started_and_stopped_from_the_panel(stack: Stack, page: Page) -> None:
    add_token(stack, CARD)
    panel = Panel(page)
    password = panel.add_station("PANEL-1")
    assert len(password) >= 16
    panel.open_station("PANEL-1")
    expect(page.locator("[data-status=offline]").first).to_be_visible()
    with Charger(stack, "PANEL-1", password):
        row = page.get_by_test_id("connector-1")
        expect(row.locator("[data-status=available]")).to_be_visible(timeout=SOON_MS)

        row.get_by_role("button", name="Start").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("combobox", name="Token").fill(CARD)
        page.get_by_role("option", name=CARD).click()
        page.evaluate(WATCH_PHASES)
        dialog.get_by_role("button", name="Start").click()
        expect(row.locator("[data-phase=charging]")).to_have_text("Charging", timeout=SOON_MS)
        expect(row.locator("[data-status=charging]")).to_be_visible(timeout=SOON_MS)

        with stack.api() as api:
            (live,) = api.get("/sessions", params={"station": "PANEL-1", "state": "live"}).json()["items"]
        seen = page.evaluate("window.phases")
        assert seen[-1] == "charging"
        assert set(seen) <= {"idle", "start-queued", "start-sent", "start-accepted", "charging"}
        assert len(seen) > 2, f"the button jumped from nothing to charging: {seen}"

        row.get_by_role("link", name=CARD).click()
        expect(page).to_have_url(f"{stack.http}/sessions/{live['id']}")
        expect(page.get_by_role("heading", name="PANEL-1, connector 1")).to_be_visible()
        expect(page.get_by_text("Session started")).to_be_visible()

        page.get_by_role("button", name="Stop").click()
        page.get_by_role("dialog").get_by_role("button", name="Stop").click()
        expect(page.get_by_text("Session ended")).to_be_visible(timeout=SOON_MS)
        expect(page.get_by_text("Stopped remotely").first).to_be_visible()
        page.goto("/sessions?tab=ended&station=PANEL-1")
        expect(page.get_by_role("cell", name="Stopped remotely")).to_be_visible()

        page.goto("/stations/PANEL-1?tab=commands")
        life = page.get_by_role("list", name="Life of the command").last
        expect(life).to_contain_text("Seen to happen")
        page.goto("/stations/PANEL-1?tab=log&action=RemoteStartTransaction")
        expect(page.get_by_role("button", name="To station").first).to_be_visible()


# Every phase the button of connector 1 goes through, in order, as somebody watching it would see.
WATCH_PHASES = """() => {
  const row = document.querySelector('[data-testid=connector-1]');
  window.phases = [];
  const note = () => {
    const phase = row.querySelector('[data-phase]').dataset.phase;
    if (window.phases.at(-1) !== phase) window.phases.push(phase);
  };
  note();
  new MutationObserver(note).observe(row, {subtree: true, attributes: true, childList: true});
}"""


def test_configuration_is_read_and_changed_with_its_state_shown(stack: Stack, page: Page) -> None:
    panel = Panel(page)
    password = panel.add_station("PANEL-2")
    with Charger(stack, "PANEL-2", password):
        page.goto("/stations/PANEL-2?tab=configuration")
        page.get_by_role("searchbox", name="Search parameters").fill("HeartbeatInterval")
        row = page.get_by_role("row").filter(has_text="heartbeats")
        expect(row).to_be_visible(timeout=SOON_MS)
        row.get_by_role("button", name="Change").click()
        page.get_by_label("New value").fill("240")
        page.get_by_role("button", name="Send to station").click()
        expect(row.get_by_text("As desired")).to_be_visible(timeout=SOON_MS)
        expect(row.get_by_text("240 s")).to_have_count(2, timeout=SOON_MS)


def test_an_unknown_station_waits_with_its_evidence_and_is_let_in(stack: Stack, page: Page) -> None:
    with Charger(stack, "STRANGER-9", "a-guessed-password"):
        page.goto("/stations?tab=waiting")
        item = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="STRANGER-9"))
        expect(item).to_be_visible(timeout=SOON_MS)
        expect(item).to_contain_text("127.0.0.1")
        expect(item).to_contain_text("ocpp1.6")
    item.get_by_role("button", name="Approve").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("gets a new password")
    dialog.get_by_role("button", name="Approve").click()
    secret = page.get_by_role("dialog").locator(".vk-mono")
    expect(secret).to_be_visible()
    password = secret.inner_text()
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    with Charger(stack, "STRANGER-9", password):
        Panel(page).open_station("STRANGER-9")
        expect(page.get_by_test_id("connector-1").locator("[data-status=available]")).to_be_visible(timeout=SOON_MS)


def test_an_onboarding_window_opens_with_a_countdown_and_closes(page: Page) -> None:
    page.goto("/stations?tab=waiting")
    page.get_by_role("button", name="Open window").click()
    expect(page.get_by_role("timer")).to_contain_text("14 min")
    page.get_by_role("button", name="Close window").click()
    expect(page.get_by_role("button", name="Open window")).to_be_visible()
