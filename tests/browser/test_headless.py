"""The demo's headless page in a real browser: the shop's own content by the session, and all of it by a token elsewhere."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from personalization.content.published import publisher
from personalization.models import ShownList, Slot
from personalization.recommend.keys import country_key, person_key
from personalization.visitor import token
from personalization.visitor.told import publisher as told
from segmentation.membership import refresh
from segmentation.models import Activity, Profile
from segmentation.profiles import sync, user_key
from shopdemo.demo.contents import define_missing_slots
from shopdemo.demo.segmenting import define_missing
from shopdemo.progress import silent
from shopdemo.segments import SEGMENTS
from shopdemo.shop.models import Category, Product, User
from shopdemo.urls import HEADLESS
from tests.personalization.content.making import make_variant
from tests.personalization.recommend.making import make_version, of_everyone, row
from tests.project.test_docs_headless import blocks
from tests.shopdemo.shop.trained import forget

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]
PASSWORD = "Xa9-kept-safe"
ASKED = ("never-bought", "browse-abandoners", "curious-prospects", "subscribers")

ROWS = """(selector) => Object.fromEntries([...document.querySelectorAll(selector)].map((section) => [
  section.querySelector("h2").textContent,
  [...section.querySelectorAll("li")].map((item) => [
    item.querySelector(".title").textContent, item.querySelector(".because").textContent]),
]))"""


@pytest.fixture(autouse=True)
def _fresh(configure: Callable[..., None]) -> Iterator[None]:
    """A shop that follows those who agreed, and answers at once; what is remembered for a while is forgotten."""
    configure(PROFILING_CONSENT="activity", CHANGES="inline")
    for step in (cache.clear, publisher.forget, told.forget, forget):
        step()
    yield
    for step in (cache.clear, publisher.forget, told.forget, forget):
        step()


@pytest.fixture
def shop(settings: Any) -> SimpleNamespace:
    """The demo's slots and some of its segments, twenty products, and Ann, who never bought and has a list of her own."""
    settings.PERSONALIZATION = {**settings.PERSONALIZATION, "CATEGORY_CAP": None}
    category = Category.objects.create(name="Lamps", slug="lamps")
    things = [
        Product.objects.create(code=f"L{n}", title=f"LAMP {n}", slug=f"lamp-{n}", category=category, price="4.50", stock=9)
        for n in range(20)
    ]
    ann = User.objects.create_user("ann@example.com", PASSWORD, first_name="Ann", country="GB")
    sync(now=timezone.now())
    define_missing(timezone.now(), silent, [segment for segment in SEGMENTS if segment.slug in ASKED])
    define_missing_slots(silent)
    # Whatever day it is.
    make_variant(Slot.objects.get(slug="top-bar"), "france", priority=99, countries=["FR"], text="Parcels to {{ country }}")
    ids = [str(thing.pk) for thing in things]
    rows = {person_key(user_key(ann.pk)): row(new=ids[:3], next=ids[:3]), country_key("GB"): row(trending=ids[3:6])}
    make_version({**rows, **of_everyone(best=ids[6:], trending=ids[6:])})
    refresh(now=timezone.now())
    forget()
    return SimpleNamespace(ann=ann, things=things)


@pytest.fixture
def elsewhere(settings: Any, tmp_path: Path) -> Iterator[str]:
    """The same files from a server that knows nothing of the shop; its origin may call. A test may add its own."""
    shutil.copytree(HEADLESS, tmp_path, dirs_exist_ok=True)
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    settings.PERSONALIZATION = {**settings.PERSONALIZATION, "FRONT_ORIGINS": [origin]}
    yield origin
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


def ready(page: Page) -> None:
    expect(page.locator("html[data-ready=yes]")).to_be_attached(timeout=30_000)


def log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/headless/")
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("E-mail address").fill("ann@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log in").click()
    expect(page.locator("#who")).to_have_text("Hello Ann.")
    ready(page)


def look_at(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"Look at {title}", exact=True).first.click()
    expect(page.locator("#status")).to_have_text(f"You looked at {title}.")


def heading_of(page: Page, selector: str) -> str:
    return page.locator(selector).first.inner_text()


def test_a_customer_sees_what_the_shops_own_page_shows(page: Page, live_server: Any, shop: SimpleNamespace) -> None:
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    Profile.objects.update(profiling=True)  # by a click her list would be made anew, of orders that she has not
    log_in(page, live_server.url)
    expect(page.locator("#word")).to_have_text("You agreed.")
    headless = page.evaluate(ROWS, "section.list")
    slots = {
        slug: page.locator(f"[data-slot={slug}] :is(h2, p)").all_inner_texts()
        for slug in ("home-hero", "home-block", "newsletter")
    }
    assert slots["home-hero"][0] == "Good to see you"
    assert [title for title, _ in next(iter(headless.values()))][:3] == ["Lamp 0", "Lamp 1", "Lamp 2"]
    page.goto(f"{live_server.url}/")
    own = page.evaluate(ROWS, "section.recommended")
    assert {heading: own[heading] for heading in headless} == headless
    body = page.locator("body").inner_text()
    for slug, texts in slots.items():
        assert texts, slug
        assert [text for text in texts if text not in body] == [], slug
    assert broken == []


def test_events_make_a_segment_which_is_seen_at_once(page: Page, live_server: Any, shop: SimpleNamespace) -> None:
    log_in(page, live_server.url)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#word")).to_have_text("You agreed.")
    ready(page)
    expect(page.locator("#segments")).not_to_contain_text("browse-abandoners")
    titles = page.locator("section.list .title").all_inner_texts()[:3]
    for title in titles:
        look_at(page, title)
    expect(page.locator("#segments")).to_contain_text("browse-abandoners")
    assert Activity.objects.filter(kind="view", customer=str(shop.ann.pk)).count() == 3
    assert ShownList.objects.filter(clicks__isnull=False).distinct().count() >= 1
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("#segments")).to_have_text("none that the shop tells fronts")


def test_elsewhere_a_token_does_it_all(page: Page, live_server: Any, shop: SimpleNamespace, elsewhere: str) -> None:
    page.goto(f"{elsewhere}/?shop={live_server.url}")
    ready(page)
    expect(page.locator("#who")).to_have_text("You are new here.")
    page.get_by_label("Country").fill("fr")
    page.get_by_role("button", name="Choose").click()
    expect(page.locator("[data-slot=top-bar]")).to_contain_text("Parcels to France")
    expect(page.locator("#where")).to_contain_text("France")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#word")).to_have_text("You agreed.")
    ready(page)
    for title in page.locator("section.list .title").all_inner_texts()[:3]:
        look_at(page, title)
    assert Activity.objects.filter(kind="view").exclude(visitor="").count() == 3
    assert page.context.cookies() == []
    page.reload()
    ready(page)
    expect(page.locator("#where")).to_contain_text("France")
    expect(page.locator("#word")).to_have_text("You agreed.")
    page.get_by_label("A token of the visitor").fill(token.issue(customer=shop.ann, seconds=60))
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#who")).to_have_text("Hello Ann.")
    page.get_by_label("A token of the visitor").fill("forged")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#who")).to_have_text("You are new here.")


def test_the_page_of_the_docs_works(page: Page, live_server: Any, shop: SimpleNamespace, elsewhere: str, tmp_path: Path) -> None:
    example = next(block for block in blocks("html") if "needs_consent" in block)
    (tmp_path / "docs.html").write_text(example.replace("http://localhost:8000", live_server.url))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{elsewhere}/docs.html")
    expect(page.locator("h1")).not_to_be_empty(timeout=30_000)
    expect(page.locator("li")).to_have_count(4)
    expect(page.locator("li").first).to_have_text("Lamp 3 4.50\u00a0GBP: Popular right now (United Kingdom)")
    page.locator("li a").first.click()
    expect(page.get_by_role("heading", name="Lamp 3")).to_be_visible()
    assert [visitor.profiling for visitor in Profile.objects.filter(kind="visitor")] == [True]


def test_an_origin_that_is_not_named_reads_nothing(
    page: Page, live_server: Any, shop: SimpleNamespace, elsewhere: str, settings: Any
) -> None:
    settings.PERSONALIZATION = {**settings.PERSONALIZATION, "FRONT_ORIGINS": []}
    page.goto(f"{elsewhere}/?shop={live_server.url}")
    expect(page.locator("#status")).to_have_text("The shop cannot be reached.")


def test_everybody_can_use_it(page: Page, live_server: Any, shop: SimpleNamespace) -> None:
    page.goto(f"{live_server.url}/headless/")
    ready(page)
    expect(page.get_by_label("A token of the visitor")).to_be_hidden()
    page.get_by_label("Country").fill("xx")
    page.get_by_role("button", name="Choose").click()
    expect(page.locator("#status")).to_contain_text("There is no such country.")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth") == width
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
