"""A slot by REST is the slot of the page, whoever looks and whatever its mode."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from personalization.content.published import publisher
from personalization.measure.tokens import uid_of
from personalization.models import ShownList, Slot
from personalization.recommend.keys import country_key, person_key
from segmentation.models import Segment
from segmentation.profiles import user_key
from segmentation.testing import make_segment
from shopdemo.shop.models import Category, Product, User
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.recommend.making import make_version, of_everyone, row
from tests.personalization.rest.conftest import Browser, Front, problem, session_of
from tests.statements import reading

pytestmark = pytest.mark.django_db

MODES = ("fragment", "variant", "inline")


@pytest.fixture
def ids(personalize: Callable[..., None]) -> dict[str, str]:
    """Products by their titles, a letter each."""
    personalize(CATEGORY_CAP=None, STRICT_CACHE=False)
    category = Category.objects.create(name="Lamps", slug="lamps")
    made = [Product.objects.create(code=t, title=t, category=category, price="5.00", stock=9) for t in "ABCDEFGH"]
    return {product.title: str(product.pk) for product in made}


@pytest.fixture
def people(ids: dict[str, str], cast: dict[str, Any], vip: Segment, join: Any) -> dict[str, Browser]:
    """The cast in their browsers: Alice is VIP and gets A and B; Bob is in another segment; Carol refused; Dan has no account."""
    alice, bob, carol = cast["alice"], cast["bob"], cast["carol"]
    lapsed = make_segment("lapsed", "orders.count() >= 1000")
    found = {"alice": session_of(alice), "bob": session_of(bob), "carol": session_of(carol, agrees=False), "dan": session_of()}
    join(vip, alice)
    join(vip, carol)
    join(lapsed, bob)
    rows = {person_key(user_key(alice.pk)): row(next=[ids["A"], ids["B"]]), country_key("FR"): row(trending=[ids["E"]])}
    make_version({**rows, **of_everyone(trending=[ids["G"], ids["H"]], best=[ids["G"], ids["H"]])}, number=12)
    return found


def hero(mode: str = "inline", slug: str = "hero", **fields: Any) -> Slot:
    """A slot for VIPs and for those who stay away, with tokens, a link, an image, a fixed product and a strategy."""
    slot = make_slot(slug, mode=mode, **fields)
    slot.variants.update(text="Welcome & hello", link="/all/", link_text="All", image="/all.svg")
    make_variant(
        slot,
        "vip",
        segments={"any": [Segment.objects.get(slug="vip")]},
        heading="Hello {{ first_name | default: 'you' }}",
        strategy="for_you",
        limit=2,
    )
    make_variant(
        slot, "lapsed", segments={"any": [Segment.objects.get(slug="lapsed")]}, heading="Back in {{ country }}?", text="A\n\nB"
    )
    return slot


def drawn(page: str) -> dict[str, Any]:
    """What a page's slot shows, read off its HTML."""

    def found(pattern: str) -> list[str]:
        return [html.unescape(each) for each in re.findall(pattern, page, re.DOTALL)]

    return {
        "heading": next(iter(found(r'<h2 class="rg-heading">(.*?)</h2>')), None),
        "text": " ".join(re.sub(r"</?(?:p|br)>", " ", "".join(found(r'<div class="rg-text">(.*?)</div>'))).split()) or None,
        "products": found(r'<span class="rg-title">(.*?)</span>'),
        "reasons": found(r'<span class="rg-reason">(.*?)</span>'),
        "prices": found(r'<span class="rg-price">(.*?)</span>'),
        "link": next(iter(found(r'<a class="rg-link" href="(.*?)"')), None),
        "image": next(iter(found(r'<img class="rg-image" src="(.*?)"')), None),
        "why": next(iter(found(r'<p class="rg-why"><a href="(.*?)"')), None),
    }


def told(said: dict[str, Any]) -> dict[str, Any]:
    """The same of what REST says."""
    return {
        "heading": said["heading"],
        "text": re.sub(r"\s+", " ", said["text"]) if said["text"] else None,
        "products": [each["title"] for each in said["products"]],
        "reasons": [each["reason"] for each in said["products"] if each["reason"]],
        "prices": [each["price_text"] for each in said["products"]],
        "link": (said["link"] or {}).get("url"),
        "image": (said["image"] or {}).get("url"),
        "why": said["why"],
    }


def on_page(browser: Browser, mode: str, query: str = "") -> dict[str, Any]:
    """What the browser comes to see: the page's own words or, of other modes, what the loader put there."""
    browser.get("/personalization/slots/?slot=hero")  # the key of mode "variant", and the signature
    page = browser.get(f"/at/hero/{query}").content.decode()
    if mode != "inline":
        fetched = browser.get(f"/personalization/slots/?slot=hero{query.replace('?', '%3F')}").json()["slots"]
        page = fetched.get("hero", page)
    return drawn(page)


@pytest.mark.parametrize("mode", MODES)
def test_the_tag_and_rest_show_everybody_the_same(people: dict[str, Browser], mode: str) -> None:
    hero(mode)
    headings = {}
    for name, browser in people.items():
        said = browser.read("slots/hero/")
        if mode == "variant":
            browser.get("/personalization/slots/?slot=hero")
            page = drawn(browser.get("/at/hero/").content.decode())
            seen = {"heading": page["heading"].replace("Hello you", "Hello Alice").replace("in ?", "in France?")}
            assert seen["heading"] == said["heading"], name
        else:
            assert told(said) == on_page(browser, mode), (name, mode)
        headings[name] = (said["heading"], said["variant"])
    assert headings == {
        "alice": ("Hello Alice", "vip"),
        "bob": ("Back in France?", "lapsed"),
        "carol": ("For all", None),
        "dan": ("For all", None),
    }


def test_the_answer_has_all_parts(people: dict[str, Browser]) -> None:
    hero()
    said = people["alice"].read("slots/hero/")
    assert [(each["title"], each["position"], each["source"]) for each in said["products"]] == [
        ("A", 1, "for_you"),
        ("B", 2, "for_you"),
    ]
    assert said["products"][0]["price"] == "5.00"
    assert said["products"][0]["currency"] == "GBP"
    assert uid_of(said["shown"]) == ShownList.objects.get().uid
    assert (said["why"], said["html"], said["popup"]) == ("/personalization/why/hero/", None, None)
    said = people["dan"].read("slots/hero/")
    assert said["link"] == {"url": "/all/", "text": "All"}
    assert said["image"] == {"url": "/all.svg", "alt": ""}
    assert (said["text"], said["products"], said["shown"], said["why"]) == ("Welcome & hello", [], None, None)


def test_a_token_sees_what_a_session_sees(people: dict[str, Browser], alice: User) -> None:
    from personalization.visitor.token import issue

    hero()
    front = Front(issue(customer=alice, seconds=600))
    by_token, by_session = front.get("slots/hero/"), people["alice"].read("slots/hero/")
    assert by_token | {"shown": None} == by_session | {"shown": None}


def test_a_page_slot_says_its_variant_and_a_popup_when_it_opens(people: dict[str, Browser], vip: Segment) -> None:
    look = make_slot("look", kind=Slot.Kind.PAGE, mode="inline")
    make_variant(look, "grand", segments={"any": [vip]})
    make_slot("offer", kind=Slot.Kind.POPUP, popup_delay=5, popup_scroll=40, popup_times=2, popup_days=9)
    for name, variant in (("alice", "grand"), ("bob", None)):
        said = people[name].read("slots/?slug=look&slug=offer")["slots"]
        assert [(each["kind"], each["variant"]) for each in said] == [("page", variant), ("popup", None)]
        assert people[name].get("/look/").content.decode() == (variant or "default")
        assert said[1]["popup"] == {"delay": 5, "scroll": 40, "times": 2, "days": 9}


def test_a_template_is_sanitised_html(people: dict[str, Browser], vip: Segment) -> None:
    slot = make_slot("hero", mode="inline")
    liquid = "<p>Hi {{ first_name }}</p><script>bad()</script>{% for p in products %}<b>{{ p.title }}</b>{% endfor %}"
    make_variant(slot, "liquid", segments={"any": [vip]}, body="liquid", liquid=liquid, strategy="for_you", limit=1)
    said = people["alice"].read("slots/hero/")
    assert said["html"] == "<p>Hi Alice</p><b>A</b>"
    assert said["html"] in people["alice"].get("/at/hero/").content.decode()


def test_several_slots_recommend_nothing_twice_and_nothing_that_stands_there(
    people: dict[str, Browser], ids: dict[str, str]
) -> None:
    for slug in ("one", "two"):
        make_slot(slug, mode="inline").variants.update(strategy="best_sellers", limit=1, heading="")
        publisher.stale()
    said = people["dan"].read("slots/?slug=one&slug=two&slug=nope")["slots"]
    assert [(each["slug"], [one["title"] for one in each["products"]]) for each in said] == [("one", ["G"]), ("two", ["H"])]
    said = people["dan"].read(f"slots/one/?without={ids['G']}")
    assert [one["title"] for one in said["products"]] == ["H"]


def test_what_is_everyones_may_be_kept_for_a_minute(people: dict[str, Browser]) -> None:
    make_slot("plain")
    hero()
    for browser in people.values():
        response = browser.ask("get", "slots/plain/")
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert "Accept-Language" in response.headers["Vary"]
        assert "Cookie" not in response.headers["Vary"]
        assert not response.cookies
        mixed = browser.ask("get", "slots/?slug=plain&slug=hero")
        assert mixed.headers["Cache-Control"] == "private, no-store"
        assert {"Cookie", "Regulars-Visitor"} <= set(mixed.headers["Vary"].split(", "))
    assert Front().ask("get", "slots/plain/").headers["Cache-Control"] == "private, no-store", "a new token is nobody else's"


def test_what_is_everyones_has_no_token_and_is_not_counted(people: dict[str, Browser]) -> None:
    make_slot("hero").variants.update(strategy="best_sellers", limit=2)
    publisher.stale()
    said = people["dan"].read("slots/hero/")
    assert (len(said["products"]), said["shown"], ShownList.objects.count()) == (2, None, 0)


def test_it_speaks_the_readers_language(people: dict[str, Browser]) -> None:
    slot = make_slot("hero")
    slot.variants.update(translations={"fr": {"heading": "Pour tous"}})
    publisher.stale()
    assert people["dan"].read("slots/hero/?language=fr")["heading"] == "Pour tous"
    assert people["dan"].read("slots/hero/", **{"Accept-Language": "fr-BE"})["heading"] == "Pour tous"
    assert people["dan"].read("slots/hero/", **{"Accept-Language": "pl"})["heading"] == "For all"


def test_a_warm_slot_asks_the_database_nothing(people: dict[str, Browser], vip: Segment) -> None:
    slot = make_slot("hero", mode="inline")
    make_variant(slot, "vip", segments={"any": [vip]}, heading="For members")
    browser = people["alice"]
    assert browser.read("slots/hero/")["heading"] == "For members"
    with reading(0):
        assert browser.read("slots/hero/")["heading"] == "For members"


def test_a_slot_that_fails_shows_its_default(people: dict[str, Browser], monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def fail(*args: object) -> Any:
        raise RuntimeError("gone")

    hero()
    monkeypatch.setattr("personalization.content.structured.choose", fail)
    assert people["alice"].read("slots/hero/")["heading"] == "For all"
    assert "slot hero cannot be shown" in caplog.text


def test_what_there_is_none_of_is_not_found(people: dict[str, Browser]) -> None:
    hero(is_active=False)
    browser = people["dan"]
    assert problem(browser.ask("get", "slots/hero/")) == (404, "not-found", [])
    assert browser.read("slots/?slug=hero") == {"slots": []}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "slug"),
        ("slug=a b", "slug"),
        ("slug=" + "&slug=".join(map(str, range(21))), "slug"),
        ("slug=a&missing=-1", "missing"),
        ("slug=a&missing=9e9", "missing"),
        ("slug=a&query=" + "x" * 101, "query"),
        ("slug=a&basket=" + ",".join(map(str, range(101))), "basket"),
        ("slug=a&product=%20", "product"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(query: str, parameter: str) -> None:
    status, code, parameters = problem(Browser().ask("get", f"slots/?{query}"))
    assert (status, code, set(parameters)) == (400, "invalid", {parameter})
