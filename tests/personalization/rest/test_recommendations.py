"""Recommendations by REST are those of the tag, for whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from personalization.measure.tokens import uid_of
from personalization.models import Click, ShownList
from personalization.recommend.keys import country_key, person_key, product_key
from personalization.recommend.lists import memory
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.visitor.token import issue
from segmentation.profiles import user_key
from shopdemo.shop.models import Category, Product, User
from tests.personalization.conftest import agree
from tests.personalization.recommend.making import make_version, of_everyone, row
from tests.personalization.rest.conftest import Browser, Front, problem, session_of
from tests.statements import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps(personalize: Callable[..., None]) -> list[str]:
    """The ids of eight lamps."""
    personalize(CATEGORY_CAP=None)
    category = Category.objects.create(name="Lamps", slug="lamps")
    fields = {"category": category, "price": "12.50", "stock": 5}
    return [str(Product.objects.create(code=f"L{number}", title=f"Lamp {number}", **fields).pk) for number in range(8)]


@pytest.fixture
def people(lamps: list[str], cast: dict[str, Any]) -> dict[str, Browser]:
    """Alice and Bob have lists of their own; Carol refused; Dan has no account."""
    alice, bob = cast["alice"], cast["bob"]
    make_version(
        {
            person_key(user_key(alice.pk)): row(next=lamps[:1], bought=lamps[:1]),
            person_key(user_key(bob.pk)): row(next=lamps[1:2]),
            country_key("GB"): row(trending=lamps[2:3]),
            product_key(lamps[3]): row(similar=lamps[4:5], together=lamps[5:6]),
            **of_everyone(best=lamps[6:], trending=lamps[6:]),
        },
        number=12,
    )
    return {
        "alice": session_of(alice),
        "bob": session_of(bob),
        "carol": session_of(cast["carol"], agrees=False),
        "dan": session_of(),
    }


def by_tag(browser: Browser, strategy: str, query: str = "") -> list[str]:
    return browser.get(f"/recommended/{strategy}/{query}").content.decode().split()


def by_rest(browser: Browser, strategy: str, query: str = "?limit=4") -> list[str]:
    return [f"{each['source']}:{each['id']}" for each in browser.read(f"recommendations/{strategy}/{query}")["items"]]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_tag_and_rest_recommend_everybody_the_same(people: dict[str, Browser], lamps: list[str], strategy: str) -> None:
    for name, browser in people.items():
        assert by_rest(browser, strategy) == by_tag(browser, strategy), name
        page = f"product={lamps[3]}&basket={lamps[5]}&basket={lamps[6]}"
        assert by_rest(browser, strategy, f"?limit=4&{page}") == by_tag(browser, strategy, f"?{page}"), name


def test_each_of_the_cast_gets_their_own(people: dict[str, Browser]) -> None:
    first = {name: by_rest(browser, "for_you")[0].split(":")[0] for name, browser in people.items()}
    assert first == {"alice": "for_you", "bob": "for_you", "carol": "trending_country", "dan": "trending_country"}


@pytest.mark.parametrize("where", ["browser", "token"])
def test_of_whoever_refuses_no_history_is_read(people: dict[str, Browser], alice: User, where: str) -> None:
    if where == "browser":
        agree(people["alice"], "no")
        assert by_rest(people["alice"], "for_you")[0].startswith("trending_country")
    else:
        front = Front(issue(customer=alice, seconds=60))
        assert front.get("recommendations/for_you/")["items"][0]["source"] == "for_you"
        front.agree(False)
        assert front.get("recommendations/for_you/")["items"][0]["source"] == "trending_country"


def test_the_answer_has_all_parts_and_is_noted_as_shown(people: dict[str, Browser], lamps: list[str], alice: User) -> None:
    said = people["alice"].read("recommendations/for_you/?limit=2")
    shown = ShownList.objects.get()
    assert (shown.strategy, shown.person, shown.version.number, shown.products) == (
        "for_you",
        user_key(alice.pk),
        12,
        lamps[:3:2],
    )
    assert uid_of(said.pop("shown")) == shown.uid
    first = said.pop("items")[0]
    assert said == {"strategy": "for_you", "version": 12, "heading": "For you"}
    assert {name: first[name] for name in ("id", "title", "price", "currency", "price_text", "position", "reason", "source")} == {
        "id": lamps[0],
        "title": "Lamp 0",
        "price": "12.50",
        "currency": "GBP",
        "price_text": "12.50\u00a0GBP",
        "position": 1,
        "reason": "You bought it before",
        "source": "for_you",
    }
    assert first["url"].startswith("/")


def test_a_token_gets_what_a_session_gets(people: dict[str, Browser], alice: User) -> None:
    by_token = Front(issue(customer=alice, seconds=60)).get("recommendations/for_you/")
    assert by_token | {"shown": ""} == people["alice"].read("recommendations/for_you/") | {"shown": ""}


def test_what_is_everyones_may_be_kept_and_is_not_counted(people: dict[str, Browser], lamps: list[str]) -> None:
    for query in ("best_sellers/", f"similar/?product={lamps[3]}", ""):
        response = people["alice"].ask("get", f"recommendations/{query}")
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert not {"Cookie", "Regulars-Visitor"} & set(response.headers["Vary"].split(", "))
        assert response.json().get("shown") is None
    assert ShownList.objects.count() == 0
    for query in ("for_you/", f"best_sellers/?basket={lamps[0]}", "trending_country/"):
        assert people["alice"].ask("get", f"recommendations/{query}").headers["Cache-Control"] == "private, no-store"


def reads(ask: Callable[[], Any]) -> int:
    """How often the database is read; what was shown is written afterwards."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return verbs(captured.captured_queries)["SELECT"]


def test_a_warm_list_asks_no_more_than_the_tag(people: dict[str, Browser], alice: User) -> None:
    browser, front, known = people["alice"], Front(), Front(issue(customer=alice, seconds=60))
    known.put("visit/", {})
    assert reads(lambda: by_tag(browser, "for_you")) == 2, "the session and the account"
    assert reads(lambda: by_rest(browser, "for_you")) == 2
    assert reads(lambda: known.get("recommendations/for_you/")) == 1, "the account"
    assert reads(lambda: front.get("recommendations/for_you/")) == 0
    assert reads(lambda: by_rest(browser, "best_sellers")) == 0


def test_nobodys_list_is_asked_for_by_an_address(people: dict[str, Browser], bob: User) -> None:
    mine = by_rest(people["alice"], "for_you")
    key = user_key(bob.pk)
    for query in (f"?limit=4&customer={bob.pk}&person={key}&visitor={key}", f"?limit=4&profile={key}&key={key}&user={bob.pk}"):
        assert by_rest(people["alice"], "for_you", query) == mine


def test_strategies_say_what_they_need(people: dict[str, Browser]) -> None:
    said = {each["strategy"]: each for each in people["dan"].read("recommendations/?language=fr")["strategies"]}
    assert said.keys() == STRATEGIES.keys()
    assert (said["similar"]["needs"], said["similar"]["is_personal"]) == (["product"], False)
    assert (said["for_you"]["needs"], said["for_you"]["is_personal"]) == (["person"], True)
    assert said["best_sellers"]["heading"] == "Meilleures ventes"


def test_an_unknown_strategy_is_not_found() -> None:
    assert problem(Browser().ask("get", "recommendations/nope/")) == (404, "unknown-strategy", [])


@pytest.mark.parametrize("limit", ["0", "51", "-1", "many", "1e3", "9" * 30])
def test_a_limit_out_of_range_is_refused(limit: str) -> None:
    assert problem(Browser().ask("get", f"recommendations/best_sellers/?limit={limit}")) == (400, "invalid", ["limit"])


def test_while_everything_of_ours_fails_the_list_is_empty(people: dict[str, Browser], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **said: object) -> Any:
        raise DatabaseError("gone")

    memory.forget()
    monkeypatch.setattr("personalization.recommend.serving.serve.read_lists", fail)
    said = people["alice"].read("recommendations/for_you/")
    assert (said["items"], said["shown"], said["heading"]) == ([], None, None)


def test_a_click_counts_once(front: Front, people: dict[str, Browser], lamps: list[str]) -> None:
    shown = front.get("recommendations/for_you/?limit=2")["shown"]
    for _ in range(2):
        assert front.ask("post", "recommendations/clicks/", {"shown": shown, "place": 2}).status_code == 204
    assert list(Click.objects.values_list("position", "product_id")) == [(2, lamps[6])]


def test_clicks_of_nothing_count_nothing(front: Front, people: dict[str, Browser]) -> None:
    shown = front.get("recommendations/for_you/?limit=2")["shown"]
    for body in ({"shown": "A" * 38, "place": 1}, {"shown": shown, "place": 9}):
        assert front.ask("post", "recommendations/clicks/", body).status_code == 204
    assert Click.objects.count() == 0
    assert problem(front.ask("post", "recommendations/clicks/", {"shown": shown, "place": "2"})) == (400, "invalid", ["/place"])
    assert problem(front.ask("post", "recommendations/clicks/", {"place": 1}))[2] == ["/shown"]
    browser = Browser(enforce_csrf_checks=True)
    assert problem(browser.ask("post", "recommendations/clicks/", {"shown": shown, "place": 1}))[:2] == (403, "csrf")
