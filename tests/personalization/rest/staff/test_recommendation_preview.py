from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from personalization.recommend.keys import person_key
from segmentation.models import Profile
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import Category, Product, User
from tests.cast import NOW, key_of
from tests.personalization.recommend.making import make_version, of_everyone, of_product, row
from tests.personalization.rest.staff.conftest import faults

FOR_YOU = "/api/recommendations/for_you/preview/"


@pytest.fixture
def shop(alice: User) -> dict[str, str]:
    """Ids by title: Alice is to be shown sofa and lamp, the sofa is sold out; everyone the vase; with the lamp goes the mug."""
    lamps = Category.objects.create(name="Lamps", slug="lamps")
    made = {
        code: str(Product.objects.create(code=code, title=code, category=lamps, price="5.00", stock=code != "Sofa").pk)
        for code in ("Lamp", "Vase", "Mug", "Sofa")
    }
    refresh_now(now=NOW)
    rows = {person_key(key_of(alice)): row(next=[made["Sofa"], made["Lamp"]]), **of_everyone(trending=[made["Vase"]])}
    make_version({**rows, **of_product(made["Lamp"], together=[made["Mug"]])}, number=7)
    return made


def titles(told: Any) -> list[str]:
    return [each["title"] for each in told["items"]]


def test_what_a_customer_gets_and_why(api: Any, shop: dict[str, str], alice: User) -> None:
    response = api.post(FOR_YOU, {"profile": key_of(alice), "limit": 2})
    assert response.status_code == 200, response.content
    told = response.json()
    assert (told["strategy"], told["version"], told["notes"]) == ("for_you", 7, ["Made by version 7."])
    first = told["items"][0]
    assert titles(told)[0] == "Lamp"
    assert {name: first[name] for name in ("position", "id", "price", "source", "why")} == {
        "position": 1,
        "id": shop["Lamp"],
        "price": "5.00",
        "source": "for_you",
        "why": "taste",
    }
    assert told["removed"] == [
        {"id": shop["Sofa"], "title": "Sofa", "source": "for_you", "rule": "sold_out", "label": "sold out"}
    ]
    entry = LogEntry.objects.get()
    assert entry.get_edited_object() == Profile.objects.get(key=key_of(alice))
    assert entry.get_change_message() == "Recommendations of “For you” were previewed for this person."


def test_a_customer_who_may_not_be_followed_is_read_nothing_of(api: Any, shop: dict[str, str], alice: User) -> None:
    Profile.objects.update(profiling=False)
    told = api.post(FOR_YOU, {"profile": key_of(alice)}).json()
    assert titles(told) == ["Vase"]
    assert told["notes"][0].startswith("This customer may not be followed")


def test_a_page_and_a_basket_count(api: Any, shop: dict[str, str]) -> None:
    cross = "/api/recommendations/bought_together/preview/"
    assert titles(api.post(cross, {"product": shop["Lamp"], "limit": 1}).json()) == ["Mug"]
    assert "Mug" not in titles(api.post(cross, {"product": shop["Lamp"], "basket": [shop["Mug"]]}).json())
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("said", "pointer", "problem"),
    [
        ({"profile": "user:0"}, "/profile", "No profile has this key."),
        ({"product": "0"}, "/product", "The shop has no products 0."),
        ({"basket": ["0", "x"]}, "/basket", "The shop has no products 0, x."),
        ({"segment": "draft"}, "/segment", "There is no such segment."),
        ({"limit": 51}, "/limit", "Ensure this value is less than or equal to 50."),
        ({"limit": 0}, "/limit", "Ensure this value is greater than or equal to 1."),
        ({"strategy": "similar"}, "/strategy", "There is no such field."),
    ],
)
def test_what_makes_no_sense_is_refused(api: Any, shop: dict[str, str], said: Any, pointer: str, problem: str) -> None:
    make_segment("draft", "orders.count() = 0", state="draft")
    assert faults(api.post(FOR_YOU, said)) == {pointer: problem}


def test_there_is_no_other_strategy(api: Any, shop: dict[str, str]) -> None:
    assert api.post("/api/recommendations/nonsense/preview/", {}).status_code == 404


def test_only_who_may_preview_does(shop: dict[str, str], clerk: Callable[..., User], logged_in: Any) -> None:
    assert logged_in(clerk()).post(FOR_YOU, {}).status_code == 403
    may = clerk("regulars_personalization.preview_recommendations", email="may@shop.test")
    assert logged_in(may).post(FOR_YOU, {}).status_code == 200
