"""The owner's pages about recommendations in a real browser: charts under a strict policy, themes, widths, no barrier."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from personalization.models import Click, Evaluation, MerchandisingRule, RecommenderVersion, ShownList
from personalization.recommend.keys import EVERYONE, person_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.lists import forget_lists, write_lists
from personalization.recommend.serving.merchandising import publisher
from personalization.recommend.shelf import shelf
from segmentation.testing import refresh_now
from shopdemo.shop.models import Category, Product, User
from tests.admin.conftest import people, person  # noqa: F401
from tests.personalization.admin.recommending import card, make_evaluation, make_version

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("SHOTS")
"""A folder to keep pictures of the pages in, for whoever wants to look."""

TITLES = ("WHITE HANGING HEART LIGHT HOLDER", "RED RETROSPOT CAKE STAND", "JUMBO BAG PINK POLKADOT", "PARTY BUNTING")


@pytest.fixture
def shop(people: None) -> Iterator[None]:  # noqa: F811
    """Four products, three versions, an evaluation, rules, clicks; Alice has a list."""
    cache.clear()
    shelf.forget()
    publisher.forget()
    refresh_now()
    shelves = [Category.objects.create(name=name, slug=name.lower()) for name in ("Light", "Home")]
    products = [
        Product.objects.create(
            code=str(n), title=title, slug=f"p{n}", category=shelves[n % 2], price="9.50", stock=0 if n == 2 else 9
        )
        for n, title in enumerate(TITLES)
    ]
    make_version(1, card=card(next=0.25, new=0.121))
    served = make_version(2, "active")
    make_version(3, "refused", card=card(next=0.21), why="At “next order” it does worse than version 2: 0.210 to 0.270.")
    listed = [Listed(str(product.pk), 1 - n / 10, str(products[0].pk)) for n, product in enumerate(products[1:])]
    rows = {person_key(person("alice").key): {Part.NEXT: listed}, EVERYONE: {Part.BEST: [Listed(str(products[0].pk), 1.0)]}}
    write_lists(served, rows.items())
    forget_lists()
    make_evaluation()
    now = timezone.now()
    MerchandisingRule.objects.create(action="pin", value=str(products[1].pk), ends_at=now - timedelta(days=1))
    MerchandisingRule.objects.create(action="boost", kind="category", value="Light", factor="1.5")
    for number in range(40):
        shown = ShownList.objects.create(
            strategy="for_you" if number % 3 else "similar",
            slot="home" if number % 2 else "",
            at=now - timedelta(days=1),
            version=served,
            products=["1", "2", "3", "4"],
            size=4,
        )
        if number % 5 == 0:
            Click.objects.create(shown=shown, position=number % 4 + 1, product_id="1", at=now)
    yield
    shelf.forget()
    publisher.forget()


def pages() -> dict[str, str]:
    """Each page of ours, by a short name."""
    served, refused = (RecommenderVersion.objects.get(number=number).pk for number in (2, 3))
    asked = "?strategy=for_you&person=alice@shop.test&limit=8"
    names: dict[str, tuple[str, list[Any]]] = {
        "versions": ("recommenderversion_changelist", []),
        "card": ("recommenderversion_change", [served]),
        "refused": ("recommenderversion_change", [refused]),
        "switch": ("recommenderversion_switch", [refused]),
        "evaluations": ("evaluation_changelist", []),
        "evaluate": ("evaluation_evaluate", []),
        "report": ("evaluation_change", [Evaluation.objects.get().pk]),
        "rules": ("merchandisingrule_changelist", []),
        "rule": ("merchandisingrule_add", []),
        "clicks": ("shownlist_changelist", []),
    }
    found = {name: reverse(f"admin:regulars_personalization_{page}", args=args) for name, (page, args) in names.items()}
    preview = reverse("admin:regulars_personalization_preview_recommendations")
    return {**found, "asking": preview, "preview": preview + asked}


@pytest.fixture
def log_in(live_server: Any, shop: None) -> Callable[[Page], None]:
    """Logs the owner in."""
    User.objects.create_superuser("owner@shop.test", "secret", first_name="Olga")

    def enter(page: Page) -> None:
        page.goto(f"{live_server.url}/admin/")
        page.get_by_label("E-mail address").fill("owner@shop.test")
        page.get_by_label("Password").fill("secret")
        page.get_by_role("button", name="Log in").click()
        expect(page.locator("#user-tools")).to_contain_text("Olga")

    return enter


def picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_has_no_barrier_and_fits(
    browser: Browser, live_server: Any, log_in: Callable[[Page], None], theme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-GB")
    page = context.new_page()
    said: list[str] = []
    broken: list[str] = []
    barriers: list[str] = []
    wide: list[str] = []
    log_in(page)
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for name, address in pages().items():
        page.goto(live_server.url + address)
        expect(page.locator("#content")).to_be_visible()
        picture(page, f"{name}-{theme}-{width}")
        broken += said
        found = Axe().run(page, context="#content")
        barriers += [f"{name}: {each['id']}: {[node['html'] for node in each['nodes']]}" for each in found.response["violations"]]
        said.clear()  # axe reads style sheets in ways of its own
        if page.evaluate("document.documentElement.scrollWidth") != width:
            wide.append(name)
    assert (broken, barriers, wide) == ([], [], [])
    context.close()


def test_charts_are_drawn_in_the_colours_of_the_theme(page: Page, live_server: Any, log_in: Callable[[Page], None]) -> None:
    log_in(page)
    page.goto(live_server.url + pages()["card"])
    charts = page.locator(".regulars-canvas canvas")
    expect(charts).to_have_count(11)
    expect(charts.first).to_have_attribute("aria-label", "Right products, and in front")
    before = charts.first.evaluate("canvas => canvas.toDataURL()")
    page.locator("header button.theme-toggle").click()
    expect(charts).to_have_count(11)
    page.wait_for_function("before => document.querySelector('.regulars-canvas canvas').toDataURL() !== before", arg=before)


def test_without_javascript_the_tables_say_it_all(
    browser: Browser, page: Page, live_server: Any, log_in: Callable[[Page], None]
) -> None:
    log_in(page)
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(live_server.url + pages()["card"])
    expect(plain.locator("canvas")).to_have_count(0)
    numbers = plain.locator("#next-ndcg_at_10 details")
    numbers.locator("summary").click()
    expect(numbers.locator("tbody tr").first.locator("th, td")).to_have_text(["Ours", "0.270", "0.262 \u2013 0.278"])
    context.close()


def test_a_page_follows_a_training_to_its_end(page: Page, live_server: Any, log_in: Callable[[Page], None]) -> None:
    version = make_version(4, "training", progress=10, card={})
    log_in(page)
    page.goto(live_server.url + pages()["versions"])
    status = page.get_by_role("status")
    expect(status).to_have_text("“4” is being worked on: 10% done.")
    expect(page.get_by_role("button", name="Train")).to_have_count(0)
    RecommenderVersion.objects.filter(pk=version.pk).update(progress=60)
    expect(status).to_have_text("“4” is being worked on: 60% done.")
    assert page.locator("#doing progress").evaluate("bar => bar.value") == 60
    RecommenderVersion.objects.filter(pk=version.pk).update(state="ready")
    expect(page.get_by_role("button", name="Train")).to_be_visible()
    expect(page.locator("#doing")).to_have_count(0)


def test_from_a_recommended_product_to_what_stands_on_its_page(
    page: Page, live_server: Any, log_in: Callable[[Page], None]
) -> None:
    log_in(page)
    page.goto(live_server.url + pages()["versions"])
    page.get_by_role("link", name="Preview recommendations").click()
    page.get_by_label("Strategy").select_option(label="For you")
    page.get_by_label("Customer").fill("alice@shop.test")
    page.get_by_role("button", name="Show").click()
    cards = page.locator(".regulars-cards li")
    expect(cards.first).to_contain_text("Red retrospot cake stand")
    expect(cards.first).to_contain_text("Because you bought White hanging heart light holder")
    expect(page.locator("#removed tbody tr th, #removed tbody tr td")).to_have_text(
        ["Jumbo bag pink polkadot", "For you", "sold out"]
    )
    page.get_by_role("link", name="On the page of Red retrospot cake stand").click()
    expect(page.get_by_label("Strategy")).to_have_value("similar")
