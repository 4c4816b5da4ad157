from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from personalization.content.published import published
from personalization.models import Slot, Variant
from segmentation.models import Segment
from segmentation.testing import make_segment
from shopdemo.shop.models import Category, Product
from tests.admin.conftest import form_of
from tests.personalization.admin.conftest import slot_form, url, variant_form
from tests.personalization.content.making import make_slot, make_variant

Problems = Callable[..., dict[str, list[str]]]


@pytest.fixture
def slot(db: None) -> Slot:
    return make_slot()


@pytest.fixture
def vip(db: None) -> Segment:
    return make_segment("vip", "orders.count() >= 3", name="VIP")


def test_a_variant_is_saved_with_all_that_it_says(admin: Client, slot: Slot, vip: Segment) -> None:
    lost = make_segment("lost", "orders.count() = 0", name="Lost")
    sent = variant_form(
        slot,
        any_segments=[vip.pk],
        no_segments=[lost.pk],
        countries=["FR", "PL"],
        regions="fr-idf, au-nsw",
        seasons=["autumn"],
        holidays=["christmas"],
        devices=["phone"],
        kinds=["new"],
        languages=["en"],
        weekdays=["1", "7"],
        hours_from="22:00",
        hours_to="02:00",
        starts_at_0="2026-06-01",
        starts_at_1="10:00",
        text='Hi {{ first_name | default: "you" }}',
        link="/sale/",
        link_text="Go",
        heading_fr="Automne",
        heading_zh_hant="秋天",
    )
    response = admin.post(url("variant_add"), sent)
    assert response.status_code == 302, response.context["adminform"].form.errors
    made = Variant.objects.get(slug="autumn")
    assert (made.countries, made.regions, made.weekdays) == (["FR", "PL"], ["FR-IDF", "AU-NSW"], [1, 7])
    assert (made.hours_from, made.hours_to) == (time(22), time(2))
    assert made.translations == {"fr": {"heading": "Automne"}, "zh-hant": {"heading": "秋天"}}
    (shown,) = published().slots["hero"].variants
    assert (shown.target.any_segments, shown.target.no_segments) == ({"vip"}, {"lost"})

    page = admin.get(url("variant_change", made.pk)).content.decode()
    assert 'value="FR-IDF, AU-NSW"' in page
    assert 'value="Automne"' in page
    admin.post(url("variant_change", made.pk), sent | {"any_segments": [], "no_segments": [vip.pk], "heading_fr": ""})
    (shown,) = published().slots["hero"].variants
    assert (shown.target.any_segments, shown.target.no_segments) == (frozenset(), {"vip"})
    assert set(shown.content.words) == {"en", "zh-hant"}


def test_a_public_holiday_that_a_variant_has_already_can_be_kept(admin: Client, slot: Slot, problems: Problems) -> None:
    made = make_variant(slot, "au", holidays=["australia-day"], heading="A day off")
    address = url("variant_change", made.pk)
    assert 'value="australia-day"' in admin.get(address).content.decode()
    sent = variant_form(slot, slug="au", holidays=["australia-day", "christmas"])
    assert admin.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert made.holidays == ["australia-day", "christmas"]
    assert "holidays" in problems(slot, holidays=["no-such-day"])


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"text": "a\n{{ last_name }}"}, "text", "Line 2: There is no token “last_name”; there are"),
        ({"heading": "{{ city"}, "heading", "Line 1: “{{” is not closed by “}}”."),
        ({"heading": "{% if a %}{% endif %}"}, "heading", "Line 1: There is no tag “if”."),
        ({"text_fr": "{{ nom }}"}, "text_fr", "Line 1: There is no token “nom”"),
        ({"body": "liquid", "liquid": "a\nb\n{% include 'x' %}"}, "liquid", "Line 3: There is no tag “include”."),
        ({"body": "liquid", "liquid": '{{ (1..50000000) | join: "," }}'}, "liquid", "Line 1: Ranges such as"),
        ({"body": "liquid", "liquid": "{{ products[0].titel }}"}, "liquid", "Line 1: products.titel is undefined"),
        ({"body": "liquid", "liquid": ""}, "liquid", "It says nothing and shows nothing."),
        ({"body": "liquid", "liquid_pl": "{{ x | safe }}"}, "liquid_pl", "Line 1: There is no filter “safe”."),
        ({"link": "javascript:alert(1)"}, "link", "A link leads to a page of the shop"),
        ({"link_fr": "//evil.test"}, "link_fr", "A link leads to a page of the shop"),
        ({"link_text": "Go"}, "link", "Where does it lead?"),
        ({"image": "javascript:alert(1)"}, "image", "An image is a file of the shop"),
        ({"heading": ""}, "heading", "It says nothing and shows nothing."),
        ({"hours_from": "09:00", "hours_to": "09:00"}, "hours_to", "These hours are no time at all"),
        (
            {"starts_at_0": "2026-06-02", "starts_at_1": "10:00", "ends_at_0": "2026-06-01", "ends_at_1": "10:00"},
            "ends_at",
            "It ends before it begins.",
        ),
        ({"regions": "IDF"}, "regions", "These are no codes of regions: IDF"),
        ({"products": "abc, 12345"}, "products", "The shop has no products abc, 12345."),
        ({"products": ",".join(map(str, range(25)))}, "products", "These are more than 24."),
        ({"is_default": "on"}, "is_default", "The slot has a default already."),
        ({"is_default": "on", "countries": ["FR"]}, "is_default", "A default is for everyone: take away its targets."),
        ({"countries": ["XX"]}, "countries", "Select a valid choice. XX is not one of the available choices."),
        ({"slug": "default"}, "__all__", "already exists"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(problems: Problems, slot: Slot, changes: Any, field: str, said: str) -> None:
    found = problems(slot, **changes)
    assert any(said in each for each in found[field]), found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"heading": "", "state": "draft"},
        {"heading": "", "image": "/a.webp"},
        {"heading": "Hi {{ first_name }}", "link": "{{ last_viewed_url }}", "link_text": "Go"},
        {"body": "liquid", "heading": "", "liquid": "{% for one in products %}{{ one.title }}{% endfor %}"},
        {"link": "/sale/", "link_text": "Go", "link_text_fr": "Voir"},
    ],
)
def test_what_is_right_is_saved(problems: Problems, slot: Slot, changes: Any) -> None:
    assert problems(slot, **changes) == {}


def test_products_of_the_shop_are_known(problems: Problems, slot: Slot) -> None:
    category = Category.objects.create(name="Lamps", slug="lamps")
    product = Product.objects.create(title="Lamp", category=category, price="1.00", stock=1)
    assert problems(slot, products=f"{product.pk}") == {}


def test_a_page_that_visitors_share_says_nothing_personal(problems: Problems) -> None:
    shared = make_slot("shared", mode="variant")
    assert problems(shared, heading="Hi {{ first_name }}") == {
        "heading": ["Line 1: In mode “variant” visitors share a page, so it cannot say “first_name”."]
    }
    assert problems(shared, heading="Hi") == {}


def test_there_are_no_more_versions_than_a_cache_can_keep(problems: Problems) -> None:
    shared = make_slot("shared", mode="variant")
    for number in range(14):
        make_variant(shared, f"v{number}")
    assert problems(shared) == {}
    make_variant(shared, "v14")
    assert list(problems(shared)) == ["state"]
    assert problems(shared, state="draft") == {}


def test_a_segment_that_is_asked_for_stays(admin: Client, slot: Slot, vip: Segment) -> None:
    make_variant(slot, "autumn", name="For VIPs", segments={"any": [vip]})
    address = f"/admin/regulars_segmentation/segment/{vip.pk}"
    said = "vip is used by the variant “For VIPs” of the slot “Hero”: change these first"
    assert admin.get(f"{address}/delete/").context["protected"] == [said]
    admin.post(f"{address}/delete/", {"post": "yes"})
    for changes in ({"state": "archived"}, {"state": "draft"}, {"slug": "other"}):
        response = admin.post(f"{address}/change/", form_of(vip, **changes))
        assert said in str(response.context["adminform"].form.errors)
    vip.refresh_from_db()
    assert (vip.slug, vip.state) == ("vip", "live")
    assert "the variant “For VIPs” of the slot “Hero”" in admin.get(f"{address}/change/").content.decode()


def test_who_may_look_sees_and_does_not_change(staff: Callable[..., Client], slot: Slot) -> None:
    variant = slot.variants.get()
    browser = staff("view_variant")
    assert "For all" in browser.get(url("variant_change", variant.pk)).content.decode()
    assert browser.post(url("variant_change", variant.pk), variant_form(slot)).status_code == 403
    assert staff("view_slot").get(url("variant_changelist")).status_code == 403


def test_the_list_takes_no_query_a_row(admin: Client, slot: Slot, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        make_variant(slot, f"v{number}")
    with django_assert_max_num_queries(7):
        assert admin.get(url("variant_changelist")).status_code == 200


@pytest.mark.parametrize("strategy", ["for_you", "recently_viewed", "trending_country", "cross_sell"])
def test_recommendations_that_go_by_who_looks_are_refused_where_visitors_share_a_page(problems: Problems, strategy: str) -> None:
    shared = make_slot("shared", mode="variant")
    (said,) = problems(shared, strategy=strategy)["strategy"]
    assert said.startswith("In mode “variant” visitors share a page, so it cannot show “")
    assert problems(shared, strategy="trending") == {}
    assert problems(make_slot("own", mode="inline"), strategy=strategy) == {}


def test_a_mode_that_recommendations_of_a_slot_do_not_allow_is_refused(admin: Client, slot: Slot) -> None:
    make_variant(slot, "own", strategy="for_you", state="draft")
    make_variant(slot, "all", strategy="trending")
    response = admin.post(url("slot_change", slot.pk), slot_form(mode="variant"))
    (said,) = response.context["adminform"].form.errors["mode"]
    assert said.endswith("and these variants say something personal: Own")


def test_recommendations_are_chosen_by_name(admin: Client, slot: Slot, problems: Problems) -> None:
    page = admin.get(url("variant_add")).content.decode()
    assert '<option value="for_you">For you</option>' in page
    assert '<option value="" selected>---------</option>' in page
    assert problems(slot, heading="", strategy="for_you") == {}
    assert "Select a valid choice" in problems(slot, strategy="nonsense")["strategy"][0]
    assert list(problems(slot, limit=25)) == ["limit"]
    assert list(problems(slot, limit=0)) == ["limit"]


@pytest.mark.parametrize(("sent", "stored"), [({}, 4), ({"limit": ""}, 4), ({"limit": 12}, 12)])
def test_a_strategy_and_how_many_are_kept_and_shown(admin: Client, slot: Slot, sent: Any, stored: int) -> None:
    assert admin.post(url("variant_add"), variant_form(slot, strategy="trending", **sent)).status_code == 302
    made = Variant.objects.get(slug="autumn")
    assert (made.strategy, made.limit) == ("trending", stored)
    (shown,) = published().slots["hero"].variants
    assert (shown.content.strategy, shown.content.limit) == ("trending", stored)
