"""A long list stays quick: 10,000 stations come page by page, and only what is on screen exists in the page."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect
from tests.flows.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

COUNT = 10_000


@pytest.fixture
def many(stack: Stack) -> None:
    """Stations that only lie in the table; none of them connects."""
    with stack.api() as api:
        model = api.post("/stations", json={"identity": "MANY-MODEL"}).json()
    with stack.database() as database:
        database.execute(
            """
            insert into station (id, organisation_id, identity, profile_version_id, admission, created_at, name)
            select gen_random_uuid(), organisation_id, 'MANY-' || lpad(n::text, 5, '0'), profile_version_id,
                   'approved', created_at, 'Row ' || n
              from station, generate_series(1, %s) n where id = %s
            """,
            [COUNT, model["id"]],
        )


def test_ten_thousand_stations_scroll_without_lag(stack: Stack, page: Page, many: None) -> None:
    began = time.monotonic()
    page.goto("/stations?search=MANY-0")
    expect(page.get_by_role("link", name="MANY-00001")).to_be_visible()
    assert time.monotonic() - began < 5
    expect(page.get_by_text("9,999 stations")).to_be_visible()
    page.evaluate(WATCH_FRAMES)
    table = page.get_by_role("region", name="Stations")
    for _ in range(60):
        table.evaluate("element => { element.scrollTop = element.scrollHeight }")
        page.wait_for_timeout(150)
        if page.get_by_role("link", name="MANY-09999").count():
            break
    expect(page.get_by_role("link", name="MANY-09999")).to_be_visible()
    assert page.get_by_role("row").count() < 120
    slowest = page.evaluate("window.slowest")
    assert slowest < 500, f"a frame took {slowest:.0f} ms while scrolling"


# The longest time between two frames, in ms.
WATCH_FRAMES = """() => {
  window.slowest = 0;
  let last = performance.now();
  const frame = (now) => {
    window.slowest = Math.max(window.slowest, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""


def test_filters_live_in_the_address(stack: Stack, page: Page) -> None:
    page.goto("/stations")
    page.get_by_role("searchbox", name="Search stations").fill("no-such-station")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    expect(page).to_have_url(f"{stack.http}/stations?search=no-such-station")
    page.reload()
    expect(page.get_by_role("searchbox", name="Search stations")).to_have_value("no-such-station")
    page.get_by_role("button", name="Reset filters").click()
    expect(page).to_have_url(f"{stack.http}/stations")
    page.get_by_role("combobox", name="Connection").click()
    page.get_by_role("option", name="Offline").click()
    expect(page).to_have_url(f"{stack.http}/stations?online=no")
