"""Recommendations on pages: whose history is read, what a page may be cached as, what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from personalization.models import ShownList
from personalization.recommend.keys import country_key, person_key, product_key
from personalization.recommend.lists import memory
from personalization.recommend.shelf import shelf
from segmentation.models import Profile, Segment
from segmentation.profiles import user_key
from shopdemo.shop.models import Category, Product, User
from tests.personalization.conftest import agree, profile_for, text
from tests.personalization.recommend.making import make_version, of_everyone, row
from tests.statements import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps(db: None, personalize: Callable[..., None]) -> list[str]:
    """The ids of eight lamps, of which any number may stand in a list."""
    personalize(CATEGORY_CAP=None)
    category = Category.objects.create(name="Lamps", slug="lamps")
    fields = {"category": category, "price": "12.50", "stock": 5}
    return [str(Product.objects.create(code=f"L{number}", title=f"Lamp {number}", **fields).pk) for number in range(8)]


@pytest.fixture
def alice_in(browser: Client, alice: User, lamps: list[str]) -> Client:
    """Alice, who agreed and is logged in; her next lamp is the first, everyone's the last two."""
    make_version(
        of_everyone(best=lamps[6:])
        | {
            person_key(user_key(alice.pk)): row(next=lamps[:1], bought=lamps[:1]),
            product_key(lamps[3]): row(similar=lamps[4:5]),
            country_key("GB"): row(trending=lamps[2:3]),
        }
    )
    profile_for(alice)
    Profile.objects.update(profiling=True)
    browser.force_login(alice)
    return browser


def sources(browser: Client, address: str) -> list[str]:
    return [said.split(":")[0] for said in text(browser.get(address)).split()]


def test_a_customer_who_agreed_gets_her_own(alice_in: Client) -> None:
    assert sources(alice_in, "/recommended/for_you/") == ["for_you", "trending_country", "best_sellers", "best_sellers"]


def test_somebody_who_logs_out_gets_what_everyone_gets(alice_in: Client, browser_of: Callable[..., Client]) -> None:
    assert sources(browser_of(), "/recommended/for_you/") == ["trending_country", "best_sellers", "best_sellers"]


@pytest.mark.parametrize("where", ["browser", "profile", "gpc"])
def test_of_somebody_who_refused_no_history_is_read(
    alice_in: Client, alice: User, browser_of: Callable[..., Client], where: str
) -> None:
    browser = alice_in
    if where == "browser":
        agree(browser, "no")
    elif where == "profile":
        Profile.objects.update(profiling=False)
    else:
        Profile.objects.update(profiling=None)
        browser = browser_of(Sec_GPC="1")
        browser.force_login(alice)
    with CaptureQueriesContext(connection) as captured:
        found = sources(browser, "/recommended/for_you,because_you_viewed,trending_segment,discover,recently_viewed/")
    assert set(found) <= {"trending_country", "best_sellers"}
    assert found[:1] == ["trending_country"]
    said = [query["sql"] for query in captured.captured_queries]
    lists = [sql for sql in said if "recommendationlist" in sql]
    assert len(lists) >= 1
    assert [sql for sql in lists if "person:" in sql or "segment:" in sql or "product:" in sql] == []
    assert [sql for sql in said if "activity" in sql or "membership" in sql] == []


def test_of_somebody_who_agreed_the_same_page_reads_it(alice_in: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        sources(alice_in, "/recommended/for_you,because_you_viewed/")
    said = [query["sql"] for query in captured.captured_queries]
    assert [sql for sql in said if "recommendationlist" in sql and "person:" in sql] != []
    assert [sql for sql in said if "activity" in sql] != []


def test_what_somebody_looked_at_leads_on(alice_in: Client, lamps: list[str]) -> None:
    alice_in.get(f"/product/{lamps[3]}/")
    assert sources(alice_in, "/recommended/because_you_viewed/")[0] == "because_you_viewed"


def test_members_of_a_segment_get_its_own(alice_in: Client, alice: User, vip: Segment, join: Any, lamps: list[str]) -> None:
    join(vip, alice)
    version = make_version({"segment:vip": row(trending=lamps[5:6])}, number=2, state="ready")
    assert "trending_segment" not in sources(alice_in, "/recommended/trending_segment/")
    type(version).objects.filter(number=1).update(state="ready")
    type(version).objects.filter(number=2).update(state="active")
    memory.forget()
    assert sources(alice_in, "/recommended/trending_segment/")[0] == "trending_segment"


def test_a_public_page_stays_public_with_what_is_everyones(alice_in: Client) -> None:
    response = alice_in.get("/recommended/best_sellers,bought_together/public/")
    assert "best_sellers:" in text(response)
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/recommended/for_you/public/", "/recommended/best_sellers/public/?basket=1"])
def test_a_page_with_somebodys_own_goes_to_nobody_else(alice_in: Client, address: str) -> None:
    response = alice_in.get(address)
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]


def test_djangos_cache_keeps_everyones_page_and_nobodys_own(alice_in: Client, browser_of: Callable[..., Client]) -> None:
    assert "for_you" in sources(alice_in, "/recommended/for_you/cached/")
    assert "for_you" not in sources(browser_of(), "/recommended/for_you/cached/")


def test_no_product_stands_twice_on_a_page(alice_in: Client, lamps: list[str]) -> None:
    make_version(of_everyone(best=lamps), number=2, state="ready")
    page = text(alice_in.get("/recommended/for_you,best_sellers,trending/"))
    shown = [said.split(":")[1] for said in page.split()]
    assert len(shown) == len(set(shown)) == 4


TABLES = ("recommendationlist", "shop_product", "merchandisingrule")


def asked(browser: Client, address: str) -> list[str]:
    """The tables of recommendations that a page asks, in turn."""
    with CaptureQueriesContext(connection) as captured:
        assert sources(browser, address)[0] == "for_you"
    return [table for query in captured.captured_queries for table in TABLES if table in query["sql"].split(" WHERE ")[0]]


def test_lists_and_products_are_a_query_each_when_cold_and_none_when_warm(alice_in: Client, lamps: list[str]) -> None:
    alice_in.get(f"/product/{lamps[3]}/")
    assert asked(alice_in, "/recommended/for_you/") == ["recommendationlist", "merchandisingrule", "shop_product"]
    assert asked(alice_in, "/recommended/for_you/") == []
    memory.forget()
    shelf.forget()
    assert asked(alice_in, "/recommended/for_you/") == ["recommendationlist", "shop_product"]


def test_what_was_shown_is_written_with_its_version(alice_in: Client, alice: User, lamps: list[str]) -> None:
    alice_in.get("/recommended/for_you/")
    shown = ShownList.objects.get()
    assert (shown.strategy, shown.person, shown.version_id is not None) == ("for_you", user_key(alice.pk), True)
    assert shown.products == [lamps[0], lamps[2], lamps[6], lamps[7]]
    assert shown.propensities == [1.0] * 4


def test_a_page_is_there_while_everything_of_ours_fails(
    alice_in: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **said: object) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr("personalization.recommend.serving.serve.read_lists", fail)
    assert text(alice_in.get("/recommended/for_you/")).strip() == ""
    assert "for_you cannot be recommended" in caplog.text


def test_a_cart_of_nonsense_hides_nothing(browser: Client, lamps: list[str]) -> None:
    make_version(of_everyone(best=lamps))
    assert sources(browser, "/recommended/best_sellers/?basket=abc&basket=" + "9" * 40 + "&product=%00") == ["best_sellers"] * 4


def test_what_lies_in_the_cart_is_not_recommended(browser: Client, lamps: list[str]) -> None:
    make_version(of_everyone(best=lamps[:3]))
    page = text(browser.get(f"/recommended/best_sellers/?basket={lamps[0]}&product={lamps[2]}"))
    assert page.split() == [f"best_sellers:{lamps[1]}"]


def test_where_nothing_was_trained_pages_are_without(browser: Client, lamps: list[str]) -> None:
    with reading(2):  # whether something was, and the rules
        assert text(browser.get("/recommended/best_sellers/")).strip() == ""
