"""Recommendations as customers meet them: in a shop that learned from its own orders."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from personalization.content.published import publisher
from personalization.recommend.training.train import train
from segmentation.models import Profile
from shopdemo.shop.models import Category, Order, OrderLine, Product, User, WishlistItem
from tests.shopdemo.shop.trained import forget

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]
PASSWORD = "Xa9-kept-safe"
SHELVES = {"Kitchen": ("TEAPOT", "TEACUP", "SAUCER", "CAKESTAND"), "Lighting": ("LANTERN", "CANDLE", "LAMP", "TORCH")}
COLOURS = ("RED", "BLUE", "GREEN", "PINK")
HISTORY = ("you bought", "You bought", "you looked", "You looked", "by what you buy")
"""What a reason says that knows what somebody did before."""

ROWS = """() => Object.fromEntries([...document.querySelectorAll("section.recommended")].map((section) => [
  section.querySelector("h2").id,
  [...section.querySelectorAll("li.card")].map((card) => [
    card.querySelector(".title").textContent, card.querySelector(".because").textContent]),
]))"""

SHIFTS = """() => {
  window.moved = [];
  const names = (entry) => entry.sources.map(({ node }) => node?.className || node?.nodeName).join(", ");
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved.push([entry.value, names(entry)]); }))
    .observe({ type: "layout-shift", buffered: true });
}"""

Rows = dict[str, list[list[str]]]


@pytest.fixture(autouse=True)
def _asks(configure: Callable[..., None]) -> Iterator[None]:
    """A shop that follows those who agreed; what is remembered for a while is forgotten."""
    configure(PROFILING_CONSENT="activity")
    cache.clear()
    publisher.forget()
    forget()
    yield
    cache.clear()
    publisher.forget()
    forget()


@pytest.fixture
def shop() -> SimpleNamespace:
    """Sixty customers who buy for the kitchen or for the evening, forty of them Ann's like; and what they never should see."""
    things = {}
    for shelf, names in SHELVES.items():
        category = Category.objects.create(name=shelf, slug=shelf.lower())
        for name in names:
            for number, colour in enumerate(COLOURS):
                title = f"{colour} {name}"
                things[title] = Product.objects.create(
                    code=title, title=title, slug=title.lower().replace(" ", "-"), category=category, price=4 + number, stock=50
                )
    ann = User.objects.create_user("ann@example.com", PASSWORD, first_name="Ann", country="GB")
    dice = random.Random(7)
    for number in range(60):
        shelf = ("Kitchen", "Lighting")[number % 3 == 0]
        titles = [title for title in things if title.split()[1] in SHELVES[shelf]]
        user = User.objects.create_user(f"buyer-{number}@example.com", country="GB")
        for weeks in (1, 5, 9, 20):
            _order(user, [things[title] for title in dice.sample(titles, 5)], weeks)
    _order(ann, [things["RED TEAPOT"], things["RED TEACUP"]], 15)
    _order(ann, [things["GREEN SAUCER"]], 3)
    Product.objects.filter(title="PINK TEACUP").update(stock=0)
    Product.objects.filter(title="PINK SAUCER").update(is_active=False)
    train(now=timezone.now())
    forget()
    return SimpleNamespace(ann=ann, things=things)


def _order(user: User, bought: list[Product], weeks: int) -> None:
    at = timezone.now() - dt.timedelta(weeks=weeks, minutes=user.pk)
    total = sum((Decimal(thing.price) for thing in bought), Decimal(0))
    order = Order.objects.create(number=f"{user.pk}-{weeks}", user=user, placed_at=at, total=total, country="GB")
    OrderLine.objects.bulk_create(
        OrderLine(order=order, product=thing, title=thing.title, quantity=1, unit_price=thing.price, line_total=thing.price)
        for thing in bought
    )


@pytest.fixture
def see(page: Page, live_server: Any) -> Callable[[str], Rows]:
    """Open a page of the shop and read its lists: nothing that cannot be had, nothing twice, each with a reason."""

    def look(address: str) -> Rows:
        page.goto(f"{live_server.url}{address}")
        found: Rows = page.evaluate(ROWS)
        shown = [title for row in found.values() for title, _ in row]
        assert len(set(shown)) == len(shown), found
        assert {"Pink teacup", "Pink saucer"}.isdisjoint(shown), found
        assert all(reason for row in found.values() for _, reason in row), found
        return found

    return look


def log_in(page: Page, see: Callable[[str], Rows], word: str = "Accept") -> None:
    see("/account/log-in/")
    page.get_by_label("E-mail address").fill("ann@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    page.get_by_role("button", name=word).click()
    expect(page.get_by_role("button", name=word)).to_be_hidden()


def address_of(thing: Product) -> str:
    return f"/product/{thing.pk}/{thing.slug}/"


def put_into_cart(page: Page, see: Callable[[str], Rows], thing: Product) -> None:
    see(address_of(thing))
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator(".message")).to_contain_text("is in your cart")


def test_a_customer_is_recommended_what_fits_her_on_every_page(
    page: Page, see: Callable[[str], Rows], shop: SimpleNamespace
) -> None:
    log_in(page, see)
    home = see("/")
    assert all(title not in ("Red teapot", "Red teacup", "Green saucer") for title, _ in home["discovered"])
    assert any(reason.startswith("Because you bought ") for _, reason in home["discovered"])
    assert {title for title, _ in home["again"]} == {"Red teapot", "Red teacup"}
    assert home.keys() == {"discovered", "again", "trending"}
    kitchen = {"Teapot", "Teacup", "Saucer", "Cakestand"}
    beside = see(address_of(shop.things["RED CAKESTAND"]))
    assert {title.split()[1].capitalize() for title, _ in beside["together"][:2]} <= kitchen
    assert beside["together"][0][1] == "Often bought together with Red cakestand"
    assert beside["similar"][0][1] == "Similar to Red cakestand"
    empty = see("/cart/")
    assert {title for title, _ in empty["again"]} == {"Red teapot", "Red teacup"}
    assert page.locator("#looked").inner_text() == "Because you looked at Red cakestand"
    account = see("/account/")
    assert account.keys() == {"discovered", "again"}
    put_into_cart(page, see, shop.things["RED CAKESTAND"])
    cart = see("/cart/")
    assert cart["fitting"][0][1] == "Goes with Red cakestand in your cart"
    assert "Red cakestand" not in [title for row in cart.values() for title, _ in row]
    WishlistItem.objects.create(user=shop.ann, product=shop.things["BLUE CANDLE"])
    assert see("/account/wishlist/")["wished"][0][1] == "Because Blue candle is on your wishlist"


def test_a_visitor_gets_what_is_popular_and_what_goes_by_the_page(
    page: Page, see: Callable[[str], Rows], shop: SimpleNamespace
) -> None:
    home = see("/")
    assert {reason for _, reason in home["discovered"]} <= {
        "Popular right now (United Kingdom)",
        "Popular right now",
        "Best seller",
    }
    assert see(address_of(shop.things["RED CAKESTAND"])).keys() == {"together", "similar"}
    assert see("/search/?q=zzz")["found"][0][1] in ("Popular right now", "Best seller")
    assert see("/cart/").keys() == {"looked"}
    assert see("/category/nope/").keys() == {"sellers"}


def test_of_whoever_refuses_no_reason_knows_what_she_did(page: Page, see: Callable[[str], Rows], shop: SimpleNamespace) -> None:
    log_in(page, see, word="Refuse")
    pages = [
        see(address) for address in ("/", address_of(shop.things["RED CAKESTAND"]), "/account/", "/cart/", "/account/wishlist/")
    ]
    put_into_cart(page, see, shop.things["RED CAKESTAND"])
    pages.append(see("/cart/"))
    reasons = [reason for found in pages for row in found.values() for _, reason in row]
    assert len(reasons) > 20
    assert [reason for reason in reasons if any(told in reason for told in HISTORY)] == []
    assert not any({"again", "viewed"} & found.keys() for found in pages)
    assert pages[-1]["fitting"][0][1] == "Goes with Red cakestand in your cart"
    assert Profile.objects.get(customer_id=str(shop.ann.pk)).profiling is False


def test_an_order_changes_what_is_recommended_next(
    page: Page, see: Callable[[str], Rows], shop: SimpleNamespace, configure: Callable[..., None]
) -> None:
    configure(CHANGES="inline", PROFILING_CONSENT="activity")
    log_in(page, see)
    before = see("/")
    new, known = before["discovered"][0][0], before["again"][0][0]
    for title in (new, known):
        put_into_cart(page, see, shop.things[title.upper()])
    see("/checkout/")
    page.get_by_label("Full name").fill("Ann Lee")
    page.get_by_label("Street and number").fill("1 Road")
    page.get_by_label("Town or city").fill("London")
    page.get_by_role("button", name="Order for").click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    after = see("/")
    assert new not in [title for title, _ in after["discovered"]]
    assert known not in [title for title, _ in after["again"]]


def test_nothing_moves_while_lists_appear_and_everybody_can_use_them(
    page: Page, see: Callable[[str], Rows], shop: SimpleNamespace
) -> None:
    page.add_init_script(f"({SHIFTS})()")
    log_in(page, see)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for address in ("/", address_of(shop.things["RED CAKESTAND"]), "/cart/"):
                assert see(address)
                page.wait_for_load_state("networkidle")
                assert page.evaluate("window.moved") == [], (address, width)
                assert page.evaluate("document.documentElement.scrollWidth") == width, address
                found = Axe().run(page)
                assert found.violations_count == 0, found.generate_report()
