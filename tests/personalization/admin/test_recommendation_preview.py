from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from personalization.models import MerchandisingRule, RecommenderVersion
from personalization.recommend.keys import EVERYONE, person_key, product_key, segment_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.lists import forget_lists, write_lists
from segmentation.errors import SourceError
from segmentation.models import Profile, Segment
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import Category, Product, WishlistItem
from tests.admin.conftest import person
from tests.admin.conftest import url as segmentation_url
from tests.personalization.admin.conftest import url
from tests.personalization.admin.recommending import make_version
from tests.statements import verbs

TITLES = ("White lamp", "Red lamp", "Lamp shade", "Candle", "Match <b>box</b>", "Tray")


@pytest.fixture
def products(db: None) -> dict[str, Product]:
    """By the first word; the candle is sold out."""
    category = Category.objects.create(name="Light", slug="light")
    made = [
        Product.objects.create(code=str(n), title=title, slug=str(n), category=category, price="9.50", stock=0 if n == 3 else 9)
        for n, title in enumerate(TITLES)
    ]
    return {product.title.split()[0]: product for product in made}


@pytest.fixture
def version(products: dict[str, Product], people: None) -> RecommenderVersion:
    """Version 7: Alice bought a white lamp and gets a shade, a candle and matches; everyone buys trays."""
    make_segment("loyal", "orders.count() >= 3", name="Loyal")
    refresh_now()
    made = make_version(7, "active")

    def listed(*names: str, because: str = "") -> list[Listed]:
        about = str(products[because].pk) if because else ""
        return [Listed(str(products[name].pk), 1.0 - n / 10, about) for n, name in enumerate(names)]

    next_order = listed("Lamp", "Candle", "Match", because="White")
    rows = {
        person_key(person("alice").key): {Part.NEXT: next_order, Part.BOUGHT: listed("White")},
        product_key(str(products["White"].pk)): {Part.SIMILAR: listed("Red"), Part.TOGETHER: listed("Lamp")},
        segment_key("loyal"): {Part.TRENDING: listed("Red")},
        EVERYONE: {Part.TRENDING: listed("Tray"), Part.BEST: listed("Tray")},
    }
    write_lists(made, rows.items())
    forget_lists()
    return made


def asked(admin: Client, **said: Any) -> Any:
    response = admin.get(url("preview_recommendations"), said)
    assert response.status_code == 200
    return response


def titles(response: Any) -> list[str]:
    return [card.item.title for card in response.context["cards"]]


def test_it_asks_for_whom_first(admin: Client) -> None:
    response = asked(admin)
    assert "cards" not in response.context
    assert not response.context["form"].is_bound


def test_a_customer_gets_what_a_page_would_show_with_reasons(admin: Client, version: RecommenderVersion) -> None:
    response = asked(admin, strategy="for_you", person="alice@shop.test", limit=2)
    entry = LogEntry.objects.get()
    said = "Recommendations of “For you” were previewed for this person."
    assert (entry.get_edited_object(), entry.get_change_message()) == (person("alice"), said)
    assert titles(response) == ["Lamp shade", "Match <b>box</b>"]
    first = response.context["cards"][0]
    assert (first.score, first.source, first.item.reason) == ("1.000", "For you", "Because you bought White lamp")
    assert response.context["removed"].rows == [("Candle", "For you", "sold out")]
    assert "Made by version 7." in response.context["notes"]
    text = response.content.decode()
    assert "Match &lt;b&gt;box&lt;/b&gt;" in text
    assert "<b>box" not in text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"strategy": "similar", "products": "white lamp"}, ["Red lamp", "Lamp shade", "Tray"]),
        ({"strategy": "trending_segment", "segment": "loyal"}, ["Red lamp", "Tray"]),
        ({"strategy": "best_sellers"}, ["Tray"]),
        ({"strategy": "best_sellers", "basket": "tray"}, []),
        ({"strategy": "for_you"}, ["Tray"]),
    ],
)
def test_anybody_on_any_page(admin: Client, version: RecommenderVersion, said: Any, expected: list[str]) -> None:
    assert titles(asked(admin, **said)) == expected


def test_what_a_strategy_lacks_is_told(admin: Client, version: RecommenderVersion) -> None:
    notes = asked(admin, strategy="similar").context["notes"]
    assert notes[0] == (
        "“Similar products” needs a product whose page it is. Without it, the next strategies of its chain answer."
    )


def test_a_customer_who_refused_gets_what_is_nobodys(admin: Client, version: RecommenderVersion) -> None:
    Profile.objects.filter(pk=person("alice").pk).update(profiling=False)
    response = asked(admin, strategy="for_you", person="alice@shop.test")
    assert titles(response) == ["Tray"]
    assert response.context["notes"][0] == (
        "This customer may not be followed, so her history is not read: this is what she really gets."
    )


@pytest.mark.parametrize(("word", "expected"), [(None, ["Tray"]), (True, ["Lamp shade"])])
def test_where_a_yes_is_needed_none_is_a_no(
    admin: Client, version: RecommenderVersion, configure: Callable[..., None], word: bool | None, expected: list[str]
) -> None:
    configure(PROFILING_CONSENT="activity")
    Profile.objects.filter(pk=person("alice").pk).update(profiling=word)
    assert titles(asked(admin, strategy="for_you", person="alice@shop.test", limit=1)) == expected


def test_wishes_are_the_customers(admin: Client, version: RecommenderVersion, products: dict[str, Product]) -> None:
    WishlistItem.objects.create(user_id=int(person("alice").customer_id), product=products["White"])
    response = asked(admin, strategy="from_wishlist", person="alice@shop.test", limit=1)
    assert response.context["cards"][0].item.reason == "Because White lamp is on your wishlist"


def test_an_owners_pin_is_seen_at_once(admin: Client, version: RecommenderVersion, products: dict[str, Product]) -> None:
    MerchandisingRule.objects.create(action="pin", value=str(products["Red"].pk), position=1)
    response = asked(admin, strategy="best_sellers")
    assert titles(response) == ["Red lamp", "Tray"]


@pytest.mark.parametrize(
    ("said", "field", "problem"),
    [
        ({"person": "nobody@shop.test"}, "person", "No customer is known by that."),
        ({"products": "sofa"}, "products", "The shop has no product “sofa”."),
        ({"limit": 0}, "limit", "Ensure this value is greater than or equal to 1."),
        ({"limit": 10**9}, "limit", "Ensure this value is less than or equal to 50."),
        ({"strategy": "magic"}, "strategy", "Select a valid choice. magic is not one of the available choices."),
        ({"country": "XX"}, "country", "Select a valid choice. XX is not one of the available choices."),
        ({"segment": "none"}, "segment", "Select a valid choice. That choice is not one of the available choices."),
        ({"missing": "much"}, "missing", "Enter a number."),
    ],
)
def test_bad_input_stands_beside_its_field(
    admin: Client, version: RecommenderVersion, said: Any, field: str, problem: str
) -> None:
    response = asked(admin, **{"strategy": "for_you"} | said)
    assert response.context["form"].errors == {field: [problem]}
    assert "cards" not in response.context


def test_words_that_fit_several_products_name_them(
    admin: Client, version: RecommenderVersion, products: dict[str, Product]
) -> None:
    response = asked(admin, strategy="similar", products="LAMP")
    ids = [products[name].pk for name in ("Red", "Lamp", "White")]
    assert response.context["form"].errors["products"] == [
        "Several products are called like “LAMP”. Give the id of one: "
        f"{ids[0]}: Red lamp; {ids[1]}: Lamp shade; {ids[2]}: White lamp"
    ]


def test_a_shop_that_cannot_be_asked_is_told_of(
    admin: Client, version: RecommenderVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise SourceError("customers: gone")

    monkeypatch.setattr("personalization.recommend.serving.preview.recommend", fail)
    assert asked(admin, strategy="for_you").context["failure"] == "The shop cannot be asked: customers: gone"


def test_nothing_trained_is_said(admin: Client) -> None:
    response = asked(admin, strategy="best_sellers")
    assert titles(response) == []
    assert response.context["notes"] == ["Nothing was trained yet: only what needs no training is shown."]
    assert "Nothing is recommended." in response.content.decode()


def test_queries_are_few_however_much_is_shown(admin: Client, version: RecommenderVersion) -> None:
    with CaptureQueriesContext(connection) as captured:
        asked(admin, strategy="for_you", person="alice@shop.test", limit=50)
    assert verbs(captured)["SELECT"] <= 16


def test_who_may_not_preview_sees_nothing(staff: Callable[..., Client], version: RecommenderVersion) -> None:
    said = {"strategy": "for_you", "person": "alice@shop.test"}
    reader = staff("view_recommenderversion", "view_merchandisingrule")
    assert reader.get(url("preview_recommendations"), said).status_code == 403
    previewer = staff("preview_recommendations")
    text = previewer.get(url("preview_recommendations"), said).content.decode()
    # The address typed stands in its field; what the shop knows of her besides is for those who may look at people.
    assert person("alice").key not in text
    assert "What is known of this customer" not in text
    assert f'href="{url("recommenderversion_changelist")}"' not in text


def test_pages_of_segments_and_people_lead_to_it(admin: Client, version: RecommenderVersion) -> None:
    alice, loyal = person("alice"), Segment.objects.get(slug="loyal")
    address = url("preview_recommendations")
    page = admin.get(segmentation_url("segment_change", loyal.pk)).content.decode()
    assert f"{address}?strategy=trending_segment&amp;segment=loyal" in page
    page = admin.get(segmentation_url("profile_change", alice.pk)).content.decode()
    assert f"{address}?strategy=for_you&amp;person=user%3A{alice.customer_id}" in page
    assert segmentation_url("profile_change", alice.pk) in asked(admin, strategy="for_you", person=alice.key).content.decode()


def test_drafts_and_readers_without_the_right_are_led_nowhere(
    admin: Client, staff: Callable[..., Client], version: RecommenderVersion
) -> None:
    draft = make_segment("draft", "orders.count() >= 1", name="Draft", state="draft")
    assert url("preview_recommendations") not in admin.get(segmentation_url("segment_change", draft.pk)).content.decode()
