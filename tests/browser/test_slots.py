"""Slots as a browser meets them: fetched without a jump, polite pop-ups, and a page without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from personalization.content.published import publisher
from personalization.models import Slot
from segmentation.models import Segment
from tests.browser.policy import STRICT, directives
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.content.visiting import MIDDLEWARE

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture
def shop(settings: Any, transactional_db: None) -> Iterator[str]:
    """The address of a shop with a hero and a pop-up, each with a taller variant for Alice."""
    settings.ROOT_URLCONF = "tests.personalization.content.urls"
    settings.MIDDLEWARE = [*MIDDLEWARE, "csp.middleware.CSPMiddleware"]
    cache.clear()
    publisher.forget()
    alice = Segment.objects.create(slug="alice", name="Alice", definition={}, state="live")
    hero, popup = make_slot("hero", size="m"), make_slot("popup", kind=Slot.Kind.POPUP, popup_delay=0)
    make_variant(hero, "alice", heading="Only for Alice", text="Long.\n\n" * 60, segments={"any": [alice]})
    make_variant(popup, "alice", heading="Stay, Alice", link="/sale/", link_text="Sale", segments={"any": [alice]})
    server = LiveServer("localhost")
    yield server.url
    server.stop()
    publisher.forget()


def be(page: Page, shop: str, who: str) -> None:
    page.context.add_cookies([{"name": "who", "value": who, "url": shop}])


def test_a_fragment_comes_without_a_jump(shop: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    be(page, shop, "alice")
    page.add_init_script(f"({SHIFTS})()")
    response = page.goto(f"{shop}/public/hero/")
    assert response is not None
    assert directives(response.headers["content-security-policy"]) == STRICT
    assert "Only for Alice" not in response.text()
    expect(page.locator("[data-rg-slot=hero] h2")).to_have_text("Only for Alice")
    expect(page.get_by_role("region", name="Only for Alice")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0
    assert page.locator("[data-rg-slot=hero]").get_attribute("tabindex") == "0"  # what is taller is scrolled by keyboard too
    assert said == []


def test_somebody_else_keeps_the_default(shop: str, page: Page) -> None:
    be(page, shop, "bob")
    with page.expect_response("**/personal/slots/**") as fetched:
        page.goto(f"{shop}/public/hero/")
    assert fetched.value.json() == {"slots": {}}
    expect(page.locator("[data-rg-slot=hero] h2")).to_have_text("For all")


def test_a_slow_fragment_leaves_the_default(shop: str, page: Page) -> None:
    be(page, shop, "alice")
    page.route("**/personal/slots/**", lambda route: None)
    page.goto(f"{shop}/public/hero/")
    page.wait_for_timeout(1_200)
    expect(page.locator("[data-rg-slot=hero] h2")).to_have_text("For all")


def test_a_popup_opens_once_is_closed_by_escape_and_gives_the_focus_back(shop: str, page: Page) -> None:
    be(page, shop, "alice")
    page.goto(f"{shop}/public/popup/")
    dialog = page.locator("dialog[data-rg-popup]")
    expect(dialog).to_be_visible()
    page.wait_for_timeout(100)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.reload()
    page.wait_for_timeout(800)
    expect(dialog).to_be_hidden()


def test_without_scripts_there_is_the_default_and_no_popup(shop: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shop}/public/hero,popup/")
    expect(page.locator("[data-rg-slot=hero] h2")).to_have_text("For all")
    expect(page.locator("dialog")).to_be_hidden()
    context.close()


def test_what_a_page_has_at_hand_is_sent_with_its_slots(shop: str, page: Page) -> None:
    make_slot("more").variants.update(strategy="trending")
    publisher.forget()
    with page.expect_request("**/personal/slots/**") as sent:
        page.goto(f"{shop}/at/hero,more/?product=7&basket=8&basket=9&query=red+lamp")
    asked = parse_qs(urlsplit(sent.value.url).query)
    assert asked["slot"] == ["hero", "more?product=7&basket=8,9&query=red+lamp"]
