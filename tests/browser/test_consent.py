"""Consent in a real browser: asked, accepted, refused, withdrawn; under a strict policy, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from personalization.visitor import prices
from segmentation.models import Consent, Profile

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_shop(page: Page, live_server: Any, settings: Any, configure: Callable[..., None]) -> Iterator[Callable[[str], None]]:
    """Opens a page of the storefront; at the end, the policy was never broken."""
    settings.ROOT_URLCONF = "tests.personalization.storefront"
    configure(PROFILING_CONSENT="activity", RATES={"EUR": 0.8})
    prices._shown_rate.cache_clear()
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if "Content Security Policy" in message.text else None)
    yield lambda address: page.goto(f"{live_server.url}{address}") and None
    assert broken == []
    prices._shown_rate.cache_clear()


def has_no_barrier(page: Page) -> None:
    """Axe finds nothing."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def cookies(page: Page) -> set[str]:
    return {cookie["name"] for cookie in page.context.cookies()} & {"rg_consent", "rg_visitor", "rg_segments", "rg_visit"}


def test_accept_and_withdraw(page: Page, open_shop: Callable[[str], None]) -> None:
    open_shop("/framed/")
    banner = page.get_by_role("region", name="Your choice")
    expect(banner).to_be_visible()
    expect(banner.get_by_role("status")).to_have_text("This shop has a question about your privacy.")
    has_no_barrier(page)
    accept, refuse = (banner.get_by_role("button", name=name) for name in ("Accept", "Refuse"))
    sizes = [(box["width"], box["height"]) for each in (accept, refuse) if (box := each.bounding_box())]
    assert sizes[0] == sizes[1], "neither answer is easier to give"
    accept.focus()
    page.keyboard.press("Enter")
    expect(banner).to_be_hidden()
    assert page.url.endswith("/framed/")
    assert {"rg_consent", "rg_visitor"} <= cookies(page)

    open_shop("/personalization/consent/")
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    has_no_barrier(page)
    page.get_by_role("radio", name="No").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved. It holds from now on.")
    has_no_barrier(page)
    assert cookies(page) == {"rg_consent"}
    assert [receipt.granted for receipt in Consent.objects.order_by("pk")] == [True, False]


def test_refuse(page: Page, open_shop: Callable[[str], None]) -> None:
    open_shop("/framed/")
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("region", name="Your choice")).to_be_hidden()
    assert cookies(page) == {"rg_consent"}
    open_shop("/vip/")
    assert cookies(page) == {"rg_consent"}
    assert not Profile.objects.exists()


def test_a_page_that_caches_keep_asks_too_and_nothing_moves(page: Page, open_shop: Callable[[str], None]) -> None:
    open_shop("/framed/public/")
    before = page.get_by_role("heading", name="A shop").bounding_box()
    expect(page.get_by_role("region", name="Your choice")).to_be_visible()
    assert page.get_by_role("heading", name="A shop").bounding_box() == before
    has_no_barrier(page)
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("heading", name="A shop")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("region", name="Your choice")).to_be_hidden()


def test_it_works_without_javascript(browser: Browser, live_server: Any, page: Page, open_shop: Callable[[str], None]) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{live_server.url}/framed/")
    plain.get_by_role("button", name="Accept").click()
    expect(plain.get_by_role("heading", name="A shop")).to_be_visible()
    assert Profile.objects.get().profiling is True
    plain.goto(f"{live_server.url}/framed/public/")
    plain.get_by_role("link", name="Privacy choices").click()
    expect(plain.get_by_role("heading", name="Privacy choices")).to_be_visible()
    context.close()


def test_somebody_from_france_takes_euros_and_keeps_the_language(
    browser: Browser, live_server: Any, page: Page, open_shop: Callable[[str], None]
) -> None:
    page.set_extra_http_headers({"CF-IPCountry": "FR"})
    open_shop("/framed/")
    banner = page.get_by_role("region", name="Language and currency")
    has_no_barrier(page)
    banner.get_by_role("checkbox", name="français").uncheck()
    banner.get_by_role("button", name="Change").click()
    expect(banner).to_be_hidden()
    expect(page.get_by_text("about 12.50 EUR")).to_be_visible()
