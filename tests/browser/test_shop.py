"""The shop as a customer meets it: buying, searching, another language, a small screen, no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, Response, expect

from personalization.content.published import publisher
from shopdemo.demo.contents import define_missing_slots
from shopdemo.progress import silent
from shopdemo.shop.models import Category, Coupon, Order, Product, User, WishlistItem
from tests.browser.policy import STRICT, directives

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]
PASSWORD = "Xa9-kept-safe"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shop() -> SimpleNamespace:
    """Thirty lanterns, a mug, a coupon, and Ann."""
    lights = Category.objects.create(name="Lighting & Candles", slug="lighting-candles")
    kitchen = Category.objects.create(name="Kitchen & Dining", slug="kitchen-dining")
    for number in range(30):
        Product.objects.create(
            code=f"L{number}",
            title=f"RED LANTERN {number:02}",
            slug="red-lantern",
            category=lights,
            price=Decimal("9.50"),
            stock=20,
        )
    mug = Product.objects.create(
        code="M", title="BLUE POLKADOT MUG", slug="blue-polkadot-mug", category=kitchen, price=Decimal("4.00"), stock=3
    )
    Coupon.objects.create(code="TEN", percent=10)
    ann = User.objects.create_user("ann@example.com", PASSWORD, first_name="Ann")
    define_missing_slots(silent)
    publisher.forget()
    return SimpleNamespace(mug=mug, ann=ann)


@pytest.fixture
def go(page: Page, live_server: object) -> Callable[[str], None]:
    """Open an address of the shop."""

    def open_page(address: str) -> None:
        page.goto(f"{live_server.url}{address}")  # type: ignore[attr-defined]

    return open_page


def log_in(page: Page, go: Callable[[str], None]) -> None:
    go("/account/log-in/")
    page.get_by_label("E-mail address").fill("ann@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()


def write_address(page: Page) -> None:
    page.get_by_label("Full name").fill("Ada Lee")
    page.get_by_label("Street and number").fill("1 Road")
    page.get_by_label("Town or city").fill("London")


def test_a_guest_searches_and_buys_with_a_coupon(page: Page, go: Callable[[str], None], shop: SimpleNamespace) -> None:
    go("/")
    page.get_by_label("Search the shop").fill("polkadot mugs")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="BLUE POLKADOT MUG").click()
    expect(page.locator(".about .stock")).to_have_text("Only 3 left")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator(".message")).to_have_text("“Blue polkadot mug” is in your cart.")
    page.get_by_label("Coupon code").fill("nope")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(page.locator(".message")).to_have_text("This code cannot be used for this cart.")
    page.get_by_label("Coupon code").fill("ten")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(page.locator(".totals .sum dd")).to_have_text("£11.15")
    page.get_by_role("link", name="Go to checkout").click()
    page.get_by_label("E-mail address").fill("ada@example.com")
    write_address(page)
    page.get_by_label("Country").select_option("FR")
    page.get_by_role("button", name="Work out the delivery again").click()
    expect(page.get_by_label("Full name")).to_have_value("Ada Lee")
    page.get_by_role("button", name="Order for £16.70").click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible()
    order = Order.objects.get()
    assert (order.email, order.total, order.country, order.coupon_code) == ("ada@example.com", Decimal("16.70"), "FR", "TEN")
    shop.mug.refresh_from_db()
    assert shop.mug.stock == 1


def test_a_customer_wishes_buys_and_finds_the_order(page: Page, go: Callable[[str], None], shop: SimpleNamespace) -> None:
    log_in(page, go)
    go(f"/product/{shop.mug.pk}/blue-polkadot-mug/")
    page.get_by_role("button", name="Add to wishlist").click()
    expect(page.get_by_role("button", name="Take off the wishlist")).to_be_visible()
    assert WishlistItem.objects.get().user == shop.ann
    page.locator(".top").get_by_role("link", name="Wishlist").click()
    page.get_by_role("button", name="Add to cart").click()
    page.locator(".top").get_by_role("link", name="Cart").click()
    page.get_by_role("link", name="Go to checkout").click()
    write_address(page)
    page.get_by_role("button", name="Order for").click()
    number = Order.objects.get(user=shop.ann).number
    go("/account/orders/")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", name=f"Order {number}")).to_be_visible()


def test_the_menu_opens_and_closes_without_a_mouse(page: Page, go: Callable[[str], None], shop: SimpleNamespace) -> None:
    go("/")
    menu = page.locator("details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Kitchen & Dining")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Kitchen & Dining")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def pages(shop: SimpleNamespace) -> list[str]:
    return [
        "/",
        "/products/?price=2-to-5",
        "/category/lighting-candles/?sort=dear&page=2",
        "/search/?q=lantern",
        "/search/?q=lantrn",
        f"/product/{shop.mug.pk}/blue-polkadot-mug/",
        "/delivery-and-returns/",
        "/privacy/",
        "/account/log-in/",
        "/account/sign-up/",
        "/cart/",
    ]


OF_A_CUSTOMER = ["/cart/", "/checkout/", "/account/", "/account/orders/", "/account/wishlist/", "/account/password/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_can_be_used_by_everybody(
    page: Page, go: Callable[[str], None], shop: SimpleNamespace, width: int, scheme: str
) -> None:
    said: list[str] = []
    policies: set[frozenset[str]] = set()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("response", lambda response: policies.add(policy_of(response)))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    wrong: list[tuple[str, object]] = []

    def look(address: str) -> None:
        go(address)
        violations = Axe().run(page).response["violations"]
        wrong.extend((address, (found["id"], [node["target"] for node in found["nodes"]])) for found in violations)
        scrolled = page.evaluate("document.documentElement.scrollWidth")
        wrong.extend([(address, scrolled)] if scrolled != width else [])

    for address in pages(shop):
        look(address)
    log_in(page, go)
    go(f"/product/{shop.mug.pk}/blue-polkadot-mug/")
    page.get_by_role("button", name="Add to wishlist").click()
    page.get_by_role("button", name="Add to cart").click()
    for address in OF_A_CUSTOMER:
        look(address)
    assert wrong == []
    assert said == []
    assert policies == {STRICT}


def policy_of(response: Response) -> frozenset[str]:
    return directives(response.headers.get("content-security-policy")) if "/static/" not in response.url else STRICT
