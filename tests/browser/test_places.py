"""The demo's storefront by place, by segment and by consent, and the owner's preview of the same; on a day of January 2027."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from personalization.content.published import publisher
from personalization.models import Slot
from personalization.visitor import prices
from segmentation.models import Activity, Membership, Segment
from segmentation.testing import refresh_now
from shopdemo.demo.contents import define_missing_slots, ensure_coupons
from shopdemo.demo.rates import load_rates
from shopdemo.demo.segmenting import define_missing
from shopdemo.progress import silent
from shopdemo.segments import SEGMENTS
from shopdemo.shop.models import Category, Order, Product, User

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

DAY = datetime(2027, 1, 20, 10, tzinfo=UTC)
PASSWORD = "Xa9-kept-safe"
ASKED = ("never-bought", "new-customers", "indecisive-prospects", "browse-abandoners", "subscribers")


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The server's clock; it goes on from DAY."""
    with time_machine.travel(DAY, tick=True) as moved:
        yield moved


@pytest.fixture
def shop(clock: time_machine.Coordinates, configure: Callable[..., None]) -> Product:
    """A mug to buy, the demo's segments that its pages ask for, its slots and its rates."""
    configure(CHANGES="inline", PROFILING_CONSENT="activity")
    cache.clear()
    prices._shown_rate.cache_clear()
    kitchen = Category.objects.create(name="Kitchen & Dining", slug="kitchen-dining")
    mug = Product.objects.create(
        code="M", title="BLUE POLKADOT MUG", slug="blue-polkadot-mug", category=kitchen, price=Decimal("4.00"), stock=30
    )
    load_rates()
    define_missing(DAY, silent, [segment for segment in SEGMENTS if segment.slug in ASKED])
    refresh_now()
    ensure_coupons()
    define_missing_slots(silent)
    publisher.forget()
    return mug


@pytest.fixture
def visit(browser: Browser, live_server: Any, shop: Product) -> Iterator[Callable[[str], Page]]:
    """The home page, for somebody new whom the proxy says to be in that country and who reads English."""
    contexts = []

    def come(country: str) -> Page:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="en-GB", extra_http_headers={"CF-IPCountry": country}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{live_server.url}/")
        return page

    yield come
    for context in contexts:
        context.close()


def hero(page: Page) -> Any:
    return page.locator(".rg-content.rg-banner").get_by_role("heading")


WINTER, SUMMER = "Long evenings, little lights", "Out on the grass"
PLACES = {
    # country: (hero, line above everything, what the place banner offers)
    "FR": (WINTER, "Winter sales: small prices for small pleasures", ["français", "Prices in EUR"]),
    "PL": (WINTER, "Grandmother's Day is near: a small present, wrapped and sent in time", ["polski", "Prices in PLN"]),
    "TW": (WINTER, "Lunar New Year is near: a small present, wrapped and sent in time", ["繁體中文", "Prices in TWD"]),
    "AU": (SUMMER, "Australia Day is near: a small present, wrapped and sent in time", ["Prices in AUD"]),
}


@pytest.mark.parametrize("country", PLACES)
def test_the_home_page_knows_the_place(visit: Callable[[str], Page], country: str) -> None:
    heading, bar, offered = PLACES[country]
    page = visit(country)
    expect(hero(page)).to_have_text(heading)
    expect(page.locator(".rg-bar")).to_contain_text(bar)
    banner = page.get_by_role("region", name="Language and currency")
    assert [label.strip() for label in banner.locator("label").all_inner_texts()] == offered
    assert page.url.endswith("/"), "nobody is sent elsewhere"


def test_what_is_offered_to_a_place_can_be_taken(visit: Callable[[str], Page]) -> None:
    page = visit("FR")
    page.get_by_role("region", name="Language and currency").get_by_role("button", name="Change").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(hero(page)).to_have_text("Longues soirées, petites lumières")
    expect(page.locator(".rg-bar")).to_contain_text("Soldes d\u2019hiver")
    expect(page.locator(".rg-place")).to_have_count(0)
    page.locator(".shelves").get_by_role("link", name="Nouveau").click()
    expect(page.locator(".price").first).to_have_text(re.compile(r"^4,00.£GB \(environ \d,\d\d.EUR\)$"))


def test_whoever_signs_up_and_orders_is_no_longer_welcomed(visit: Callable[[str], Page], shop: Product, live_server: Any) -> None:
    page = visit("GB")
    page.get_by_role("button", name="Refuse").click()
    expect(hero(page)).to_have_text(WINTER)
    page.get_by_role("link", name="Privacy choices").click()
    page.get_by_role("radio", name="Yes").first.check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{live_server.url}/account/sign-up/")
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("E-mail address").fill("ada@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.goto(f"{live_server.url}/")
    expect(hero(page)).to_have_text("Good to see you")

    page.goto(f"{live_server.url}{product_address(shop)}")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_label("Full name").fill("Ada Lee")
    page.get_by_label("Street and number").fill("1 Road")
    page.get_by_label("Town or city").fill("London")
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    assert Order.objects.get().user == User.objects.get(email="ada@example.com")
    page.goto(f"{live_server.url}/")
    expect(hero(page)).to_have_text(WINTER)
    assert slugs("user:") == {"new-customers"}


def test_who_comes_three_times_and_does_not_buy_sees_another_product_page(
    visit: Callable[[str], Page], shop: Product, live_server: Any, clock: time_machine.Coordinates
) -> None:
    page = visit("GB")
    page.get_by_role("button", name="Accept").click()
    offer = page.get_by_role("heading", name="Still thinking?")
    for number in (1, 2, 3):
        page.goto(f"{live_server.url}{product_address(shop)}")
        # What is done is written once the page was sent.
        wait_for(page, lambda number=number: Activity.objects.filter(kind="visit").count() == number)
        if number < 3:
            expect(offer).to_have_count(0)
            clock.shift(timedelta(minutes=40))
    wait_for(page, lambda: "indecisive-prospects" in slugs("visitor:"))
    page.reload()
    expect(offer).to_be_visible()

    # And switched off again, it goes; so does what was known here of the visitor.
    page.get_by_role("link", name="Privacy choices").click()
    page.get_by_role("radio", name="No").first.check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{live_server.url}{product_address(shop)}")
    expect(offer).to_have_count(0)
    assert {cookie["name"] for cookie in page.context.cookies()}.isdisjoint({"rg_visitor", "rg_segments", "rg_visit"})


def test_of_who_refused_nothing_is_kept(
    visit: Callable[[str], Page], shop: Product, live_server: Any, clock: time_machine.Coordinates
) -> None:
    page = visit("GB")
    page.get_by_role("button", name="Refuse").click()
    for _ in range(4):
        page.goto(f"{live_server.url}{product_address(shop)}")
        clock.shift(timedelta(minutes=40))
    expect(page.get_by_role("heading", name="Still thinking?")).to_have_count(0)
    page.goto(f"{live_server.url}/")
    expect(hero(page)).to_have_text(WINTER)
    assert not Activity.objects.exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize("country", PLACES)
def test_the_owner_sees_the_same_in_the_preview(page: Page, live_server: Any, shop: Product, country: str) -> None:
    log_in_owner(page, live_server.url)
    heading, bar, _ = PLACES[country]
    assert shown(page, live_server.url, "home-hero", country=country) == heading
    assert bar in shown(page, live_server.url, "top-bar", country=country)


def test_the_owner_sees_what_segments_change(page: Page, live_server: Any, shop: Product) -> None:
    log_in_owner(page, live_server.url)
    never, indecisive = (Segment.objects.get(slug=slug).pk for slug in ("never-bought", "indecisive-prospects"))
    assert shown(page, live_server.url, "home-hero", segments=never) == "Good to see you"
    assert shown(page, live_server.url, "product-page", segments=indecisive, what="#shown h2") == "Shown: Indecisive"
    assert shown(page, live_server.url, "product-page", what="#shown h2") == "Shown: Everyone"
    assert [
        (found["id"], [node["html"] for node in found["nodes"]]) for found in Axe().run(page, "#content").response["violations"]
    ] == []


def wait_for(page: Page, comes: Callable[[], bool]) -> None:
    """Fails unless it comes within ten seconds."""
    for _ in range(200):
        if comes():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came")


def product_address(product: Product) -> str:
    return f"/product/{product.pk}/{product.slug}/"


def slugs(start: str) -> set[str]:
    """Segments of the people whose keys begin so."""
    return set(Membership.objects.filter(profile__key__startswith=start).values_list("segment__slug", flat=True))


def log_in_owner(page: Page, server: str) -> None:
    User.objects.create_superuser("owner@shop.test", "secret", first_name="Olga")
    page.goto(f"{server}/admin/")
    page.get_by_label("E-mail address").fill("owner@shop.test")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text("Olga")


def shown(
    page: Page, server: str, slot: str, what: str = ".regulars-shown .rg-heading, .regulars-shown .rg-text", **who: Any
) -> str:
    """What the preview of a slot says to somebody."""
    address = reverse("admin:regulars_personalization_slot_preview", args=[Slot.objects.get(slug=slot).pk])
    asked = "&".join(f"{name}={value}" for name, value in {"kind": "new", "device": "desktop", "language": "en", **who}.items())
    page.goto(f"{server}{address}?{asked}")
    return page.locator(what).first.inner_text()
