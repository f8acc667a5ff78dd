"""What people see who may not do everything, and when the server is away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.panel import Panel, axe_violations
from tests.flows.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_somebody_who_may_only_look_is_told_what_is_missing_and_who_can_grant_it(
    stack: Stack, browser: Browser
) -> None:
    with stack.api() as api:
        new = {"email": "viewer@voltkeep.local", "name": "Vira", "permissions": ["station.view"]}
        made = api.post("/people", json=new).json()
        assert api.post("/stations", json={"identity": "SEEN-1"}).status_code == 201
    page = browser.new_context(base_url=stack.http, locale="en-GB").new_page()
    Panel(page).sign_in(made["email"], made["password"])
    page.goto("/audit")
    expect(page.get_by_role("heading", name="You may not see this")).to_be_visible()
    expect(page.get_by_text("audit.view")).to_be_visible()
    expect(page.get_by_text("It can be granted by: Administrator")).to_be_visible()
    assert axe_violations(page) == []
    page.goto("/stations?search=SEEN-1")
    expect(page.get_by_role("link", name="SEEN-1")).to_be_visible()
    expect(page.get_by_role("button", name="Add station")).to_have_count(0)
    expect(page.get_by_role("tab", name="Waiting for approval")).to_have_count(0)
    page.context.close()


def test_a_failure_shows_its_request_id_and_can_be_tried_again(page: Page) -> None:
    broken = True

    def answer(route: Route) -> None:
        if not broken:
            route.continue_()
            return
        body = '{"title": "Internal error", "status": 500, "code": "internal", "request_id": "abc123"}'
        route.fulfill(status=500, content_type="application/problem+json", body=body)

    page.route("**/api/v1/tokens*", answer)
    page.goto("/tokens")
    expect(page.get_by_text("Something went wrong")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("abc123")).to_be_visible()
    broken = False
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Something went wrong")).to_have_count(0)


def test_what_could_not_be_refreshed_is_marked_with_its_last_update(page: Page) -> None:
    page.goto("/health")
    expect(page.get_by_text("Everything answers")).to_be_visible()
    page.route("**/api/v1/health", lambda route: route.abort())
    expect(page.get_by_text("Couldn't refresh; last update")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Everything answers")).to_be_visible()


def test_a_page_that_is_not_there_says_so(page: Page) -> None:
    page.goto("/stations/NO-SUCH-STATION")
    expect(page.get_by_text("There is nothing here")).to_be_visible()
    page.goto("/nowhere")
    expect(page.get_by_text("There is nothing here")).to_be_visible()
