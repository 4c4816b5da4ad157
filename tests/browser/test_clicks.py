"""Clicks on recommended products as a browser tells them: by mouse, by its middle button, by a key, once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from personalization.models import Click, ShownList
from tests.personalization.conftest import storefront  # noqa: F401

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(page: Page) -> list[str]:
    """What the page tells, as it does."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/clicked/" in request.url else None)
    return sent


@pytest.fixture
def at(settings: Any, live_server: Any, storefront: None, page: Page) -> Callable[[], None]:  # noqa: F811
    """Opens the page with the list, under the strict policy, and waits until the list is written."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "csp.middleware.CSPMiddleware"]

    def open_page() -> None:
        page.goto(f"{live_server.url}/framed/list/")
        expect(page.get_by_text("Product 1")).to_be_visible()
        wait(page, lambda: ShownList.objects.exists())

    return open_page


def wait(page: Page, holds: Callable[[], bool]) -> None:
    """Until it holds, or long enough."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it does not come true")


def places() -> list[tuple[int, str]]:
    return list(Click.objects.order_by("position").values_list("position", "product_id"))


def test_each_way_to_open_a_product_is_told_once(page: Page, at: Callable[[], None], told: list[str]) -> None:
    at()
    first = page.get_by_text("Product 1")
    for _ in range(2):
        first.click(button="middle")
    first.click(button="right")
    page.get_by_text("just words").click()
    page.get_by_role("button", name="Buy").press("Enter")
    wait(page, lambda: Click.objects.count() == 2)
    page.get_by_text("Product 2").press("Enter")
    page.wait_for_url("**/plain/?2")
    wait(page, lambda: Click.objects.count() == 3)
    assert places() == [(1, "7"), (2, "8"), (3, "9")]
    assert len(told) == 3


def test_other_links_tell_nothing(page: Page, at: Callable[[], None], told: list[str]) -> None:
    at()
    page.get_by_text("Elsewhere").click()
    page.wait_for_url("**/plain/")
    assert told == []
