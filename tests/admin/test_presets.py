from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.test import Client, override_settings

from segmentation.models import Segment
from segmentation.presets import FAMILIES, PRESETS
from segmentation.rules import format_rule, load
from segmentation.testing import make_segment
from shopdemo.shop.models import User
from tests.admin.conftest import told, url
from tests.presets.test_catalogue import CustomersAndOrders

pytestmark = pytest.mark.django_db


def rows(response: Any) -> dict[str, Any]:
    """Slug -> row of the page."""
    return {row.preset.slug: row for _, found in response.context["families"] for row in found}


def listed(admin: Client) -> Any:
    return admin.get(url("segment_presets"))


def post(admin: Client, preset: str, **values: str) -> Any:
    return admin.post(url("segment_presets"), {"preset": preset, **values}, follow=True)


def test_all_of_them_by_family(admin: Client) -> None:
    response = listed(admin)
    assert [label for label, _ in response.context["families"]] == [family.label for family in FAMILIES.values()]
    assert list(rows(response)) == list(PRESETS)
    row = rows(response)["lapsed"]
    assert (row.name, row.lacks, row.address) == ("Not bought in 90 days", "", "")
    assert row.sentence == "Customers who match: at least 1 order and no orders in the last 90 days."
    assert [(field.parameter.name, field.id, field.value) for field in row.fields] == [("days", "id_lapsed_days", "90")]
    text = response.content.decode()
    assert text.count('<form method="post">') == len(PRESETS)
    assert "Customers who bought once and have been quiet since. Remind them" in text
    assert 'aria-label="Add Not bought in 90 days"' in text


def test_what_must_be_set_is_asked_for(admin: Client) -> None:
    response = listed(admin)
    assert rows(response)["country-{country}"].name == "Customers in …"
    assert rows(response)["at-home"].sentence == "Customers who match: country is “…”."
    assert len(re.findall(r'name="country" id="id_[^"]+" value="" required>', response.content.decode())) == 3


def test_nothing_stands_inline(admin: Client) -> None:
    text = listed(admin).content.decode()
    main = text[text.index('id="content-main"') : text.index("</main>")]
    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=", main) == []


def test_one_is_added_and_filled(
    admin: Client, owner: User, people: None, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(url("segment_presets"), {"preset": "repeat-buyers", "orders": " 3 "})
    assert (response.status_code, response["Location"]) == (302, url("segment_presets"))
    segment = Segment.objects.get()
    assert (segment.slug, segment.state, segment.size) == ("repeat-buyers", "live", 1)
    assert format_rule(load(segment.definition)) == "orders.count() >= 3"
    assert segment.versions.get().created_by == owner
    assert LogEntry.objects.get().object_repr == "Repeat buyers"
    assert told(listed(admin)) == [("success", "“Repeat buyers” was added.")]


def test_what_is_there_leads_to_its_segment(admin: Client) -> None:
    segment = make_segment("lapsed", "orders.count() = 7")
    response = listed(admin)
    assert rows(response)["lapsed"].address == url("segment_change", segment.pk)
    assert f'<a href="{url("segment_change", segment.pk)}">Not bought in 90 days</a>' in response.content.decode()
    assert 'value="lapsed"' not in response.content.decode()
    assert told(post(admin, "lapsed")) == [("error", "Segment with this Shop and Slug already exists.")]


def test_what_the_shop_lacks_has_no_button(admin: Client, use_source: Callable[..., Any]) -> None:
    use_source(CustomersAndOrders)
    response = listed(admin)
    row = rows(response)["coupon-lovers"]
    assert (row.lacks, row.sentence) == (
        "orders has no column coupon_code",
        "orders.count() >= 2 and orders.share(where coupon_code is set) >= 0.5",
    )
    text = response.content.decode()
    assert "Your shop does not say: orders has no column coupon_code" in text
    assert 'value="coupon-lovers"' not in text
    (message,) = told(post(admin, "coupon-lovers"))
    assert message == ("error", "/rules/1/where/rules/0/field: orders has no column coupon_code")


@pytest.mark.parametrize(
    ("preset", "values", "message"),
    [
        ("vip", {}, "there is no preset called vip"),
        ("", {}, "there is no preset called "),
        ("at-home", {}, "at-home needs a value for country"),
        ("at-home", {"country": " "}, "at-home: “” is no text for country"),
        ("lapsed", {"days": "<b>"}, "lapsed: “<b>” is no number for days"),
    ],
)
def test_what_is_refused_is_told_and_stays_typed(admin: Client, preset: str, values: dict[str, str], message: str) -> None:
    response = post(admin, preset, **values)
    assert (response.status_code, told(response)) == (200, [("error", message)])
    assert not Segment.objects.exists()
    typed = {field.parameter.name: field.value for field in rows(response)[preset].fields} if preset in PRESETS else {}
    assert values.items() <= typed.items()
    assert "<b>" not in response.content.decode()


def test_a_shop_that_cannot_be_had_is_told(admin: Client) -> None:
    with override_settings(SEGMENTATION={**settings.SEGMENTATION, "SOURCE": "nowhere.Source"}):
        assert "The shop cannot be asked" in listed(admin).content.decode()


@pytest.mark.parametrize(("rights", "status"), [(("add_segment",), 200), (("change_segment", "view_segment"), 403)])
def test_who_may_add(staff: Callable[..., Client], rights: tuple[str, ...], status: int) -> None:
    browser = staff(*rights)
    assert browser.get(url("segment_presets")).status_code == status
    assert browser.post(url("segment_presets"), {"preset": "lapsed"}, follow=True).status_code == status
    assert Segment.objects.exists() is (status == 200)


@pytest.mark.parametrize(("rights", "is_there"), [(("view_segment", "add_segment"), True), (("view_segment",), False)])
def test_the_list_of_segments_leads_here(staff: Callable[..., Client], rights: tuple[str, ...], is_there: bool) -> None:
    text = staff(*rights).get(url("segment_changelist")).content.decode()
    assert (f'<a href="{url("segment_presets")}">Ready-made segments</a>' in text) is is_there


def test_strangers_are_asked_who_they_are(client: Client) -> None:
    assert client.get(url("segment_presets"))["Location"].startswith("/admin/login/")


def test_the_page_takes_one_query_of_ours(admin: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # the session, the reader, the segments
        listed(admin)
