"""Looking after a station: what is about to happen is said before, and seen happening after."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.charger import Charger
from tests.browser.panel import Panel, until
from tests.flows.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SOON_MS = 30_000
CARD = "04FACADE"


def ask(page: Page, act: str) -> None:
    """Choose an act from the station's menu."""
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=act).click()


def test_a_new_password_cuts_the_station_off_until_it_has_it(stack: Stack, page: Page) -> None:
    panel = Panel(page)
    old = panel.add_station("CARE-1")
    panel.open_station("CARE-1")
    available = page.get_by_test_id("connector-1").locator("[data-status=available]")
    with Charger(stack, "CARE-1", old):
        expect(available).to_be_visible(timeout=SOON_MS)
        ask(page, "New password")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("The old password stops working now and the connection is cut")
        expect(available).to_be_visible()
        dialog.get_by_role("button", name="New password").click()
        new = page.get_by_role("dialog").locator(".vk-mono").inner_text()
        assert len(new) >= 16
        assert new != old
        page.get_by_role("dialog").get_by_role("button", name="Done").click()
        expect(page.locator("[data-status=offline]").first).to_be_visible(timeout=SOON_MS)
    with Charger(stack, "CARE-1", new):
        expect(available).to_be_visible(timeout=SOON_MS)
    page.goto("/stations/CARE-1?tab=history")
    expect(page.get_by_role("cell", name="Got a new password")).to_be_visible()


def test_a_suspended_station_is_off_until_it_is_resumed(stack: Stack, page: Page) -> None:
    panel = Panel(page)
    password = panel.add_station("CARE-2")
    panel.open_station("CARE-2")
    available = page.get_by_test_id("connector-1").locator("[data-status=available]")
    with Charger(stack, "CARE-2", password):
        expect(available).to_be_visible(timeout=SOON_MS)
        ask(page, "Suspend")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("may not connect until you resume it")
        dialog.get_by_role("button", name="Cancel").click()
        expect(available).to_be_visible()
        ask(page, "Suspend")
        dialog.get_by_role("button", name="Suspend").click()
        expect(dialog).to_have_count(0)
        expect(page.get_by_test_id("connector-1").locator("[data-status=offline]")).to_be_visible(timeout=SOON_MS)
        ask(page, "Resume")
        expect(page.get_by_text("The station may connect again")).to_be_visible()
    with Charger(stack, "CARE-2", password):
        expect(available).to_be_visible(timeout=SOON_MS)


def test_a_retired_station_leaves_the_list_and_the_audit_trail_tells_who_did_it(stack: Stack, page: Page) -> None:
    panel = Panel(page)
    panel.add_station("CARE-3")
    panel.open_station("CARE-3")
    ask(page, "Retire")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("leaves the list for good; its history stays")
    dialog.get_by_role("button", name="Retire").click()
    expect(dialog).to_have_count(0)
    page.goto("/stations?search=CARE-3")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.goto("/audit")
    page.get_by_role("combobox", name="Action").click()
    page.get_by_role("option", name="Station retired").click()
    expect(page).to_have_url(f"{stack.http}/audit?action=station.retire")
    row = page.get_by_role("row").filter(has_text="CARE-3")
    expect(row).to_contain_text("Station retired")
    expect(row).to_contain_text("Administrator")
    expect(row).to_contain_text("Done")


@pytest.fixture
def charging(stack: Stack) -> Iterator[str]:
    """A station that charges, with measurements."""
    with stack.api() as api:
        password = api.post("/stations", json={"identity": "CARE-4"}).json()["password"]
        api.post("/tokens", json={"uid": CARD})
        with Charger(stack, "CARE-4", password):
            until(lambda: api.get("/stations/CARE-4").json()["connectors"])
            order = {"action": "start", "arguments": {"connector": 1, "token": CARD}}
            assert api.post("/stations/CARE-4/commands", json=order).status_code == 202
            yield "CARE-4"


def test_readings_uptime_and_the_chart_as_files(stack: Stack, page: Page, charging: str, tmp_path: Path) -> None:
    page.goto(f"/stations/{charging}")
    readings = page.get_by_role("region", name="Latest readings")
    expect(readings.get_by_role("row").filter(has_text="Voltage").first).to_contain_text(" V", timeout=60_000)
    expect(readings.get_by_role("row").filter(has_text="Energy meter")).to_contain_text("Wh")
    uptime = page.get_by_role("region", name="Uptime")
    expect(uptime.get_by_role("row").last).to_contain_text("100%")
    expect(uptime).to_contain_text("Charging counts as usable")

    chart = page.get_by_role("region", name="Power", exact=True)
    expect(chart.get_by_role("button", name="CSV")).to_be_visible(timeout=60_000)
    expect(chart.locator("canvas")).to_be_visible()
    with page.expect_download() as coming:
        chart.get_by_role("button", name="CSV").click()
    assert coming.value.suggested_filename == f"{charging} Power.csv"
    coming.value.save_as(tmp_path / "chart.csv")
    head, *rows = csv.reader(io.StringIO((tmp_path / "chart.csv").read_text("utf-8-sig")))
    assert head == ["time", "Connector 1 (kW)"]
    with stack.api() as api:
        since = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        query = {"parameter": "power-active-import", "points": 500, "from": since}
        (series,) = api.get(f"/stations/{charging}/series", params=query).json()["series"]
    known = {at[:16] for at in series["at"]}
    assert rows
    assert {at[:16] for at, _ in rows} <= known
    highest = max(value for value in series["value"] if value is not None)
    assert 0 < max(float(value) for _, value in rows) <= highest / 1000 + 0.001

    with page.expect_download() as coming:
        chart.get_by_role("button", name="PNG").click()
    coming.value.save_as(tmp_path / "chart.png")
    picture = (tmp_path / "chart.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 2000


def test_the_configuration_is_not_asked_for_while_nobody_looks(page: Page) -> None:
    Panel(page).add_station("CARE-5")
    asked: list[str] = []
    page.goto("/stations/CARE-5?tab=configuration")
    expect(page.get_by_text("Nothing known of its configuration yet")).to_be_visible()
    page.on("request", lambda request: asked.append(request.url) if "/parameters" in request.url else None)
    page.wait_for_timeout(6000)
    assert asked
    page.evaluate(SHOWN, "hidden")
    page.wait_for_timeout(500)
    asked.clear()
    page.wait_for_timeout(7000)
    assert asked == []
    page.evaluate(SHOWN, "visible")
    page.wait_for_timeout(6000)
    assert asked


# As a browser tells a page that its tab is behind another, or in front again.
SHOWN = """(state) => {
  Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
  document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
}"""


def test_any_of_many_tokens_is_found_by_typing(stack: Stack, page: Page) -> None:
    with stack.api() as api:
        for number in range(205):
            assert api.post("/tokens", json={"uid": f"03AA{number:04}"}).status_code == 201
        assert api.post("/tokens", json={"uid": "0FEED999", "label": "Van of the baker"}).status_code == 201
        password = api.post("/stations", json={"identity": "CARE-6"}).json()["password"]
    with Charger(stack, "CARE-6", password):
        page.goto("/stations/CARE-6")
        row = page.get_by_test_id("connector-1")
        expect(row.locator("[data-status=available]")).to_be_visible(timeout=SOON_MS)
        row.get_by_role("button", name="Start").click()
        dialog = page.get_by_role("dialog")
        token = dialog.get_by_role("combobox", name="Token")
        expect(token).to_be_focused()
        page.keyboard.type("baker")
        expect(page.get_by_role("option")).to_have_text(["Van of the baker (0FEED999)"])
        token.fill("03AA0204")
        page.keyboard.press("Enter")
        expect(token).to_have_value("03AA0204")
        expect(dialog.get_by_role("button", name="Start")).to_be_enabled()
        dialog.get_by_role("button", name="Start").click()
        expect(row.locator("[data-phase=charging]")).to_have_text("Charging", timeout=SOON_MS)
        expect(row.get_by_role("link", name="03AA0204")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_fields_stand_out_from_their_background(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    page.goto("/stations")
    expect(page.get_by_role("searchbox", name="Search stations")).to_be_visible()
    ratios = page.evaluate(CONTRASTS)
    assert len(ratios) >= 4
    assert min(ratios) >= 3, ratios


# The contrast (WCAG 2.2) of each field's border against what lies inside it.
CONTRASTS = """() => {
  const light = (css) => {
    const [r, g, b] = css.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('main .mantine-Input-input')].map((field) => {
    const style = getComputedStyle(field);
    const [a, b] = [light(style.borderTopColor), light(style.backgroundColor)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  });
}"""
