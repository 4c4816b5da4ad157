from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from personalization.models import Slot
from segmentation.testing import make_segment
from tests.personalization.admin.conftest import slot_form, url
from tests.personalization.content.making import make_slot, make_variant


def test_a_slot_is_made(admin: Client) -> None:
    assert admin.post(url("slot_add"), slot_form()).status_code == 302
    slot = Slot.objects.get()
    assert (slot.shop, slot.slug, slot.mode, slot.size) == ("default", "hero", "fragment", "l")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "taken"}, "slug"),
        ({"kind": "page"}, "mode"),
        ({"popup_times": 0}, "popup_times"),
        ({"popup_scroll": 101}, "popup_scroll"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin: Client, changes: Any, field: str) -> None:
    make_slot("taken")
    response = admin.post(url("slot_add"), slot_form(**changes))
    assert list(response.context["adminform"].form.errors) == [field]


def test_a_slot_with_personal_words_is_not_shared(admin: Client) -> None:
    slot = make_slot()
    make_variant(slot, "personal", name="Hello you", heading="Hi {{ first_name }}")
    response = admin.post(url("slot_change", slot.pk), slot_form(mode="variant"))
    assert response.context["adminform"].form.errors["mode"] == [
        "Visitors share a page in this mode, and these variants say something personal: Hello you"
    ]


def test_the_page_of_a_slot_lists_its_variants(admin: Client) -> None:
    slot = make_slot()
    make_variant(slot, "autumn", priority=5)
    page = admin.get(url("slot_change", slot.pk)).content.decode()
    assert page.index(">Default</a>") < page.index(">Autumn</a>")
    assert f"{url('variant_add')}?slot={slot.pk}" in page


def test_what_shows_where_tells_targets_and_what_is_hardly_meant(admin: Client, django_assert_max_num_queries: Any) -> None:
    now = timezone.now()
    draft = make_segment("draft", "orders.count() >= 3", name="Idea", state="draft")
    slot = make_slot()
    make_variant(slot, "wide", priority=5, countries=["FR", "PL"])
    make_variant(slot, "narrow", priority=4, countries=["FR"], seasons=["autumn"])
    make_variant(slot, "other", priority=3, countries=["DE"], ends_at=now - timedelta(days=1), segments={"any": [draft]})
    bare = make_slot("bare")
    bare.variants.all().delete()
    make_slot("off", is_active=False)
    with django_assert_max_num_queries(6):
        response = admin.get(url("slot_where"))
    rows = {row.slot.slug: row for row in response.context["rows"]}
    assert set(rows) == {"hero", "bare"}
    assert rows["hero"].kind == "banner"
    assert rows["bare"].warnings == [
        "No live default: whoever no variant is for sees nothing, and so does everyone while anything fails."
    ]
    lines = {line.variant.slug: line for line in rows["hero"].lines}
    assert list(lines) == ["wide", "narrow", "other", "default"]
    assert lines["wide"].target == ["Country: France, Poland"]
    assert lines["wide"].warnings == []
    assert lines["narrow"].target == ["Country: France", "Season: autumn"]
    assert lines["narrow"].warnings == ["It is never reached: “Wide” comes before it and is for everyone whom it is for."]
    assert lines["other"].warnings == ["It is over.", "The segment “Idea” is draft."]
    assert lines["default"].warnings == []


def test_who_may_not_look_sees_nothing(staff: Callable[..., Client]) -> None:
    slot = make_slot()
    assert staff("view_variant").get(url("slot_where")).status_code == 403
    browser = staff("view_slot")
    assert browser.get(url("slot_where")).status_code == 200
    assert browser.get(url("slot_preview", slot.pk)).status_code == 403
    assert staff("preview_slot").get(url("slot_preview", slot.pk)).status_code == 403


def test_what_a_variant_recommends_is_told(admin: Client) -> None:
    make_variant(make_slot(), "own", strategy="for_you", countries=["FR"])
    make_variant(make_slot("shared", mode="variant"), "own", strategy="for_you", countries=["FR"])
    make_variant(make_slot("old"), "own", strategy="gone", countries=["FR"])
    page = admin.get(url("slot_where")).content.decode()
    assert page.count("Recommends: For you") == 2
    assert page.count("Visitors share a page in this mode, so its recommendations go by nobody.") == 1
    assert page.count("There is no strategy “gone”: it recommends nothing.") == 1
