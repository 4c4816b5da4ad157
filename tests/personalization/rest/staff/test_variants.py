from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from personalization.content.published import published
from personalization.models import Slot, Variant
from segmentation.models import Segment
from segmentation.testing import make_segment
from shopdemo.shop.models import Category, Product
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.rest.staff.conftest import VARIANTS, codes, faults
from tests.statements import reading

AUTUMN = {"slug": "autumn", "name": "Autumn", "state": "live", "heading": "Hi"}
TARGET = {
    "countries": ["FR", "PL"],
    "regions": ["FR-IDF", "AU-NSW"],
    "seasons": ["autumn"],
    "holidays": ["christmas"],
    "devices": ["phone"],
    "kinds": ["new"],
    "languages": ["en"],
    "weekdays": [1, 7],
    "hours_from": "22:00:00",
    "hours_to": "02:00:00",
    "starts_at": "2026-06-01T10:00:00+01:00",
    "ends_at": None,
}
WORDS = {
    "text": 'Hi {{ first_name | default: "you" }}',
    "link": "/sale/",
    "link_text": "Go",
    "translations": {"fr": {"heading": "Automne"}, "zh-hant": {"heading": "秋天"}},
}


def test_a_variant_is_made_with_all_that_it_says(api: Any, slot: Slot, vip: Segment) -> None:
    make_segment("lost", "orders.count() = 0", name="Lost")
    sent = (
        AUTUMN | TARGET | WORDS | {"any_segments": ["vip"], "no_segments": ["lost", "lost"], "strategy": "trending", "limit": 6}
    )
    response = api.post(VARIANTS, sent)
    assert response.status_code == 201, response.content
    told = response.json()
    assert response["Location"] == "http://testserver/api/content/slots/hero/variants/autumn/"
    assert {name: told[name] for name in sent} == sent | {"no_segments": ["lost"]}
    assert (told["slot"], told["priority"], told["is_default"], told["body"]) == ("hero", 0, False, "fields")
    assert api.get(f"{VARIANTS}autumn/").json() == told
    (shown,) = published().slots["hero"].variants
    assert (shown.target.any_segments, shown.target.no_segments) == ({"vip"}, {"lost"})
    assert set(shown.content.words) == {"en", "fr", "zh-hant"}


def test_what_is_not_sent_stays(api: Any, slot: Slot, vip: Segment) -> None:
    make_variant(slot, "autumn", segments={"any": [vip]}, countries=["FR"], translations={"fr": {"heading": "Automne"}})
    told = api.patch(f"{VARIANTS}autumn/", {"priority": 3}).json()
    assert (told["priority"], told["any_segments"], told["countries"]) == (3, ["vip"], ["FR"])
    assert told["translations"] == {"fr": {"heading": "Automne"}}
    told = api.patch(
        f"{VARIANTS}autumn/", {"any_segments": [], "all_segments": ["vip"], "translations": {"pl": {"heading": "Jesień"}}}
    )
    assert (told.json()["any_segments"], told.json()["all_segments"]) == ([], ["vip"])
    assert told.json()["translations"] == {"pl": {"heading": "Jesień"}}
    said = [each.get_change_message() for each in LogEntry.objects.order_by("pk")]
    assert said == ["Changed Priority.", "Changed Any segments, All segments and Translations."]
    (shown,) = published().slots["hero"].variants
    assert (shown.priority, shown.target.any_segments, shown.target.all_segments) == (3, frozenset(), {"vip"})


@pytest.mark.parametrize(
    ("changes", "pointer", "said"),
    [
        ({"text": "a\n{{ last_name }}"}, "/text", "Line 2: There is no token “last_name”; there are"),
        ({"translations": {"fr": {"text": "{{ nom }}"}}}, "/translations/fr/text", "Line 1: There is no token “nom”"),
        ({"body": "liquid", "liquid": "a\nb\n{% include 'x' %}"}, "/liquid", "Line 3: There is no tag “include”."),
        ({"body": "liquid", "liquid": '{{ (1..50000000) | join: "," }}'}, "/liquid", "Line 1: Ranges such as"),
        (
            {"body": "liquid", "liquid": "ok", "translations": {"fr": {"liquid": "a\n{{ x | safe }}"}}},
            "/translations/fr/liquid",
            "Line 2: There is no filter “safe”.",
        ),
        ({"translations": {"xx": {"heading": "?"}}}, "/translations/xx", "The site has no such other language."),
        ({"translations": {"fr": {"shop": "?"}}}, "/translations/fr/shop", "There is no such field."),
        ({"link": "javascript:alert(1)"}, "/link", "A link leads to a page of the shop"),
        ({"translations": {"fr": {"link": "//evil.test"}}}, "/translations/fr/link", "A link leads to a page of the shop"),
        ({"image": "http:evil"}, "/image", "An image is a file of the shop"),
        ({"heading": ""}, "/heading", "It says nothing and shows nothing."),
        ({"hours_from": "09:00", "hours_to": "09:00"}, "/hours_to", "These hours are no time at all"),
        ({"starts_at": "2026-06-02T10:00:00Z", "ends_at": "2026-06-01T10:00:00Z"}, "/ends_at", "It ends before it begins."),
        ({"products": ["abc", "12345"]}, "/products", "The shop has no products abc, 12345."),
        ({"is_default": True}, "/is_default", "The slot has a default already."),
        ({"countries": ["FR", "XX"]}, "/countries/1", "“XX” is not known here."),
        ({"holidays": ["no-such-day"]}, "/holidays/0", "“no-such-day” is not known here."),
        ({"any_segments": ["vip", "nobody"]}, "/any_segments/1", "There is no such segment."),
        ({"all_segments": ["old"]}, "/all_segments/0", "There is no such segment."),
    ],
)
def test_what_is_wrong_is_pointed_to(api: Any, slot: Slot, vip: Segment, changes: Any, pointer: str, said: str) -> None:
    make_segment("old", "orders.count() = 0", state=Segment.State.ARCHIVED)
    found = faults(api.post(VARIANTS, AUTUMN | changes))
    assert said in found[pointer], found
    assert Variant.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"slot": "other"}, "/slot", "read-only"),
        ({"created_at": "2020-01-01T00:00:00Z"}, "/created_at", "read-only"),
        ({"id": 1}, "/id", "unknown"),
        ({"priority": "3"}, "/priority", "type"),
        ({"is_default": "yes"}, "/is_default", "type"),
        ({"weekdays": [8]}, "/weekdays/0", "max-value"),
        ({"regions": ["IDF"]}, "/regions/0", "invalid"),
        ({"products": ["a b"]}, "/products/0", "invalid"),
        ({"products": [str(number) for number in range(25)]}, "/products", "max-length"),
        ({"limit": 25}, "/limit", "max-value"),
        ({"priority": 10**9}, "/priority", "max-value"),
        ({"strategy": "nonsense"}, "/strategy", "invalid-choice"),
        ({"seasons": [{}]}, "/seasons/0", "invalid-choice"),
        ({"translations": [1]}, "/translations", "not-a-dict"),
        ({"slug": "a b"}, "/slug", "invalid"),
        ({"ends_at": "9999-12-31T00:00:00Z"}, "/ends_at", "invalid"),
    ],
)
def test_what_makes_no_sense_by_itself_is_refused(api: Any, slot: Slot, changes: Any, pointer: str, code: str) -> None:
    assert codes(api.post(VARIANTS, AUTUMN | changes)) == {pointer: code}


def test_a_draft_is_judged_anew_when_it_goes_live(api: Any, slot: Slot) -> None:
    assert api.post(VARIANTS, AUTUMN | {"state": "draft", "heading": ""}).status_code == 201
    assert faults(api.patch(f"{VARIANTS}autumn/", {"state": "live"})) == {"/heading": "It says nothing and shows nothing."}
    assert [each.slug for each in published().slots["hero"].variants] == []
    assert api.patch(f"{VARIANTS}autumn/", {"state": "live", "heading": "<b>Now</b>"}).status_code == 200
    assert [each.slug for each in published().slots["hero"].variants] == ["autumn"]
    Variant.objects.filter(slug="autumn").update(products=["0"])
    assert list(faults(api.patch(f"{VARIANTS}autumn/", {"state": "draft", "priority": 1}))) == ["/products"]
    assert api.patch(f"{VARIANTS}autumn/", {"state": "paused"}).status_code == 200


def test_a_page_that_visitors_share_says_nothing_personal(api: Any, db: None) -> None:
    make_slot("shared", mode="variant")
    address = "/api/content/slots/shared/variants/"
    found = faults(api.post(address, AUTUMN | {"heading": "Hi {{ first_name }}", "strategy": "for_you"}))
    assert list(found) == ["/strategy", "/heading"]
    for number in range(14):
        assert api.post(address, AUTUMN | {"slug": f"v{number}"}).status_code == 201
    assert api.post(address, AUTUMN).status_code == 201
    assert list(faults(api.post(address, AUTUMN | {"slug": "v14"}))) == ["/state"]


def test_a_holiday_and_products_that_it_has_may_stay(api: Any, slot: Slot) -> None:
    lamp = Product.objects.create(
        title="Lamp", category=Category.objects.create(name="Lamps", slug="lamps"), price="1.00", stock=1
    )
    make_variant(slot, "au", holidays=["australia-day"])
    sent = {"holidays": ["australia-day", "christmas"], "products": [str(lamp.pk)]}
    told = api.patch(f"{VARIANTS}au/", sent).json()
    assert {name: told[name] for name in sent} == sent


def test_a_variant_is_deleted(api: Any, slot: Slot) -> None:
    make_variant(slot, "autumn")
    assert api.delete(f"{VARIANTS}autumn/").status_code == 204
    assert [each.slug for each in published().slots["hero"].variants] == []
    assert api.get(f"{VARIANTS}autumn/").status_code == 404


def test_lists_come_in_the_order_in_which_they_are_asked(api: Any, slot: Slot, vip: Segment) -> None:
    make_variant(slot, "late", state="paused")
    make_variant(slot, "first", priority=9, segments={"any": [vip]})
    slugs = [each["slug"] for each in api.get(VARIANTS).json()["results"]]
    assert slugs == ["first", "late", "default"]
    assert [each["slug"] for each in api.get(f"{VARIANTS}?state=paused").json()["results"]] == ["late"]
    page = api.get(f"{VARIANTS}?page_size=2").json()
    assert [each["slug"] for each in api.get(page["next"]).json()["results"]] == ["default"]
    assert api.get("/api/content/slots/nothing/variants/").status_code == 404


@pytest.mark.parametrize("more", [0, 49])
def test_a_list_takes_no_query_a_row(api: Any, slot: Slot, vip: Segment, more: int) -> None:
    for number in range(more + 1):
        make_variant(slot, f"v{number}", segments={"any": [vip]})
    with reading(6):  # the session, who asks, the slot, variants, what they ask for, segments
        assert len(api.get(f"{VARIANTS}?page_size=100").json()["results"]) == more + 2
