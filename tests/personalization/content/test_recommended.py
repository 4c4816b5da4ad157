"""Recommendations in slots: what each mode shows to whom, and that nobody's reach somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from personalization.content.at_hand import AtHand
from personalization.content.pages import fragment_html, slot_html
from personalization.content.published import published, publisher
from personalization.content.why import reasons_for
from personalization.errors import CacheLeak
from personalization.measure.tokens import uid_of
from personalization.models import ShownList, Slot
from personalization.recommend.keys import country_key, person_key
from segmentation.models import Profile
from segmentation.profiles import user_key
from shopdemo.shop.models import Category, Product, User
from tests.personalization.conftest import BROWSER, profile_for
from tests.personalization.content.making import NOW, make_slot, make_variant, somebody
from tests.personalization.recommend.making import make_version, of_everyone, of_product, row
from tests.statements import reading

pytestmark = pytest.mark.django_db

TITLES = re.compile(r'<span class="rg-title">(\w+)</span>')


@pytest.fixture(autouse=True)
def shop(settings: Any, configure: Callable[..., None]) -> Iterator[None]:
    """The pages, in a shop that asks before it follows anybody."""
    settings.ROOT_URLCONF = "tests.personalization.content.urls"
    configure(PROFILING_CONSENT="activity")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ids(db: None) -> dict[str, str]:
    """Products by their titles, a letter each."""
    category = Category.objects.create(name="Lamps", slug="lamps")
    made = [Product.objects.create(code=t, title=t, category=category, price="5.00", stock=9) for t in "ABCDEFGHIJKLMNOP"]
    return {product.title: str(product.pk) for product in made}


@pytest.fixture
def trained(ids: dict[str, str], alice: User, bob: User) -> None:
    """Alice is to be shown A and B, Bob C and D, French people E, everyone G and H; I and J go with K."""

    def named(titles: str) -> list[str]:
        return [ids[title] for title in titles]

    make_version(
        {
            person_key(user_key(alice.pk)): row(next=named("AB")),
            person_key(user_key(bob.pk)): row(next=named("CD")),
            country_key("FR"): row(trending=named("E")),
            **of_everyone(trending=named("GH"), best=named("GH")),
            **of_product(ids["K"], together=named("IJ")),
        }
    )


def slot(
    slug: str = "more", mode: str = "fragment", strategy: str = "for_you", *, is_default: bool = False, **fields: Any
) -> Slot:
    """A slot with a variant of that strategy: its default, or one for everybody else."""
    made = make_slot(slug, mode=mode)
    said = {"strategy": strategy, "limit": 2, "heading": ""} | fields
    if is_default:
        made.variants.update(**said)
        publisher.stale()
    else:
        make_variant(made, "own", **said)
    return made


def browser_of(user: User | None = None, *, agrees: bool | None = True) -> Client:
    """A browser in which they are logged in."""
    client = Client(headers={"User-Agent": BROWSER})
    if user is not None:
        profile_for(user)
        Profile.objects.filter(key=user_key(user.pk)).update(profiling=agrees)
        client.force_login(user)
    return client


def titles(html: str) -> str:
    return "".join(TITLES.findall(html))


def page(client: Client, address: str = "/page/more/", **query: Any) -> str:
    return client.get(address, query).content.decode()


def fetched(client: Client, *slots: str) -> dict[str, str]:
    found: dict[str, str] = client.get("/personal/slots/", {"slot": slots or ["more"]}).json()["slots"]
    return found


def test_a_fragment_is_each_ones_own_and_the_page_everyones(trained: None, alice: User, bob: User) -> None:
    slot()
    hers, his = browser_of(alice), browser_of(bob)
    assert titles(fetched(hers)["more"]) == "AB"
    assert titles(fetched(his)["more"]) == "CD"
    for client in (hers, his, browser_of()):
        assert titles(page(client, "/public/more/")) == ""
        assert "For all" in page(client, "/public/more/")
    assert titles(fetched(browser_of())["more"]) == "GH"


def test_a_default_that_goes_by_who_looks_shows_everyone_what_is_popular(trained: None, alice: User) -> None:
    slot(is_default=True)
    hers = browser_of(alice)
    assert titles(page(hers, "/public/more/")) == "GH"
    assert hers.get("/public/more/")["Cache-Control"] == "public, max-age=60"
    assert titles(fetched(hers)["more"]) == "AB"


def test_a_default_that_goes_by_nobody_is_not_fetched(trained: None, alice: User) -> None:
    slot(is_default=True, strategy="trending")
    hers = browser_of(alice)
    assert titles(page(hers, "/public/more/")) == "GH"
    assert fetched(hers) == {}


@pytest.mark.parametrize("address", ["/page/more/", "/own/more/", "/private/more/"])
def test_inline_is_the_visitors_own_and_private(trained: None, alice: User, bob: User, address: str) -> None:
    slot(mode="inline")
    for user, expected in ((alice, "AB"), (bob, "CD"), (alice, "AB")):
        response = browser_of(user).get(address)
        assert titles(response.content.decode()) == expected
        assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/public/more/", "/shared/more/", "/cached/more/"])
@pytest.mark.parametrize("is_default", [True, False])
def test_no_cache_for_many_gets_what_is_one_persons(
    trained: None, alice: User, bob: User, personalise: Any, address: str, is_default: bool
) -> None:
    slot(mode="inline", is_default=is_default)
    personalise(STRICT_CACHE=False)
    pages = [page(browser_of(user), address) for user in (alice, bob, None)]
    assert len(set(pages)) == 1
    assert titles(pages[0]) in ("GH", "")
    personalise(STRICT_CACHE=True)
    cache.clear()
    with pytest.raises(CacheLeak):
        page(browser_of(alice), address)


def test_in_mode_variant_recommendations_go_by_nobody(trained: None, alice: User, bob: User) -> None:
    slot(mode="variant", is_default=True)  # the form refuses it; whatever stands in the database must not leak
    pages = [page(browser_of(user), "/public/more/") for user in (alice, bob, None)]
    assert [titles(each) for each in pages] == ["GH"] * 3


@pytest.mark.parametrize("agrees", [False, None])
def test_whoever_does_not_agree_gets_what_is_popular(trained: None, alice: User, agrees: bool | None) -> None:
    slot(mode="inline")
    assert titles(page(browser_of(alice, agrees=agrees))) == "GH"
    assert ShownList.objects.get().person == ""


def test_a_withdrawal_counts_at_once(trained: None, alice: User) -> None:
    slot()
    hers = browser_of(alice)
    assert titles(fetched(hers)["more"]) == "AB"
    hers.post("/personal/consent/", {"answer": "no"})
    assert titles(fetched(hers)["more"]) == "GH"


def test_a_list_is_noted_and_stands_under_its_token(trained: None, alice: User, ids: dict[str, str]) -> None:
    slot(mode="inline")
    html = page(browser_of(alice))
    token = re.findall(r'<section [^>]*data-rg-shown="([^"]+)"', html)
    noted = ShownList.objects.get(uid=uid_of(token[0]))
    assert (noted.strategy, noted.slot, noted.person) == ("for_you", "more", user_key(alice.pk))
    assert noted.products == [ids["A"], ids["B"]]
    assert noted.version is not None
    assert re.findall(r'<li class="rg-product" data-rg-place="(\d)">', html) == ["1", "2"]
    assert html.count('<span class="rg-reason">') == 2


def test_what_everyone_sees_is_not_noted(trained: None, alice: User) -> None:
    slot(is_default=True)
    assert "data-rg-shown" not in page(browser_of(alice), "/public/more/")
    assert not ShownList.objects.exists()


def test_the_page_says_what_it_is_about(trained: None, alice: User, ids: dict[str, str]) -> None:
    slot(is_default=True, strategy="bought_together")
    html = page(browser_of(alice), "/at/public/more/", product=ids["K"])
    assert titles(html) == "IJ"
    assert f'data-rg-slot="more" data-rg-at="product={ids["K"]}"' in html
    assert titles(page(browser_of(), f"/personal/slots/more/?product={ids['K']}")) == "IJ"


def test_a_fragment_goes_by_what_its_page_has_at_hand(trained: None, ids: dict[str, str]) -> None:
    slot(strategy="cross_sell")
    html = page(browser_of(), "/at/more/", basket=[ids["K"], ids["I"]])
    assert f'data-rg-at="basket={ids["K"]},{ids["I"]}"' in html
    found = fetched(browser_of(), f"more?basket={ids['K']},{ids['I']}")
    assert titles(found["more"]).startswith("J")  # what lies in the cart is not recommended
    assert titles(fetched(browser_of(), "more?basket=&basket=%00&x=" + "y" * 3_000)["more"]) == "GH"


@pytest.mark.parametrize("address", ["/at/public/more/", "/at/cached/more/"])
def test_nobodys_cart_stands_on_a_page_for_everyone(trained: None, ids: dict[str, str], personalise: Any, address: str) -> None:
    slot(strategy="cross_sell")
    given = {"product": ids["K"], "basket": [ids["A"]], "missing": "4.5"}
    personalise(STRICT_CACHE=False)
    html = page(browser_of(), address, **given)
    assert f'data-rg-at="product={ids["K"]}"' in html
    assert "basket" not in html
    personalise(STRICT_CACHE=True)
    cache.clear()
    with pytest.raises(CacheLeak):
        page(browser_of(), address, **given)


def test_a_page_with_somebodys_cart_at_hand_is_private(trained: None, ids: dict[str, str]) -> None:
    slot(strategy="cross_sell")
    assert browser_of().get("/at/more/", {"basket": [ids["A"]]})["Cache-Control"] == "private"


def test_no_product_stands_on_a_page_twice(trained: None, alice: User, ids: dict[str, str]) -> None:
    slot("one", mode="inline", products=[ids["A"]])
    slot("two", mode="inline")
    slot("three", is_default=True, strategy="trending", limit=1)
    slot("four", mode="inline", strategy="trending", limit=2)
    shown = titles(page(browser_of(alice), "/page/one,two,three,four/"))
    assert shown == "ABGH"


def test_what_everyone_sees_does_not_tell_what_somebody_else_was_shown(trained: None, alice: User, personalise: Any) -> None:
    """Else a list for all would lack what stands in a list for one."""
    personalise(STRICT_CACHE=False)
    slot("one", mode="inline", strategy="trending", limit=1)
    slot("two", is_default=True, strategy="trending", limit=1)
    assert titles(page(browser_of(alice), "/page/one,two/")) == "GH"
    assert titles(page(browser_of(alice), "/public/one,two/")) == "G"
    assert "For all" in page(browser_of(alice), "/public/one,two/")


def test_a_strategy_with_nothing_to_show_leaves_the_default(trained: None) -> None:
    slot(mode="inline", strategy="recently_viewed")
    assert "For all" in page(browser_of())
    slot("fetched", strategy="recently_viewed", heading="You looked at these")
    assert fetched(browser_of(), "fetched") == {}


def test_words_are_shown_without_the_products(trained: None) -> None:
    slot(mode="inline", strategy="recently_viewed", text="Look around")
    assert "Look around" in page(browser_of())


@pytest.mark.parametrize("strategy", ["no-such-thing", "for_you"])
def test_recommendations_that_fail_are_none(
    trained: None, alice: User, strategy: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*args: Any, **named: Any) -> Any:
        raise RuntimeError("gone")

    monkeypatch.setattr("personalization.recommend.serving.page.recommend", failing)
    slot(mode="inline", strategy=strategy)
    assert "For all" in page(browser_of(alice))
    assert f"{strategy} cannot be recommended" in caplog.text


def test_things_that_are_no_products_are_no_reason_to_fail(trained: None, caplog: pytest.LogCaptureFixture) -> None:
    slot(mode="inline", strategy="trending")
    assert "For all" in slot_html(None, "more", NOW, missing="a lot")
    assert "its default is" in caplog.text


def test_the_heading_is_the_variants_or_the_strategys(trained: None) -> None:
    slot("one", mode="inline", strategy="trending")
    slot("two", mode="inline", strategy="trending", heading="Hot")
    headings = re.findall(
        r'<h2 class="rg-heading">([^<]+)</h2>', page(browser_of(), "/page/one/") + page(browser_of(), "/page/two/")
    )
    assert headings == ["Popular right now", "Hot"]


def test_a_template_goes_through_them_too(trained: None, alice: User, ids: dict[str, str]) -> None:
    liquid = "{% for one in products %}<p data-rg-place='{{ one.place }}'>{{ one.title }}: {{ one.reason }}</p>{% endfor %}"
    slot(mode="inline", body="liquid", liquid=liquid, products=[ids["P"]])
    html = page(browser_of(alice))
    assert re.findall(r"<p data-rg-place=\"(\d?)\">(\w): (.*?)</p>", html) == [
        ("", "P", ""),
        ("1", "A", "Picked by what you buy"),
        ("2", "B", "Picked by what you buy"),
    ]
    assert "data-rg-shown=" in html


def test_a_list_costs_three_queries_once_and_none_when_warm(trained: None, alice: User) -> None:
    """Its lists, its products, and the owner's rules."""
    slot()
    more, hers = published().slots["more"], somebody(key=user_key(alice.pk))
    for queries in (3, 0):
        with reading(queries):
            assert titles(fragment_html(more, hers, AtHand(now=NOW)) or "") == "AB"


def test_a_warm_page_for_everyone_asks_nothing(trained: None, django_assert_num_queries: Any) -> None:
    slot(is_default=True, strategy="trending")
    page(browser_of(), "/public/more/")
    with django_assert_num_queries(0):
        assert titles(page(browser_of(), "/public/more/")) == "GH"


def test_a_place_is_enough_for_what_is_popular_there(trained: None, personalize: Any) -> None:
    personalize(COUNTRY="FR")
    slot(mode="inline", strategy="trending_country", limit=1)
    assert titles(page(browser_of())) == "E"


def test_why_tells_what_recommendations_go_by(trained: None) -> None:
    for slug, strategy in (("a", "for_you"), ("b", "cross_sell"), ("c", "trending_country"), ("d", "trending")):
        slot(slug, is_default=True, strategy=strategy)
    assert [reasons_for(slug, somebody(), NOW) for slug in "abcd"] == [
        ("It depends on what you ordered or looked at in this shop.",),
        ("It goes by your cart and your wishlist.",),
        ("It is for visitors from your country.",),
        (),
    ]
