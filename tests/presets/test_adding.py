from __future__ import annotations

import pytest

from segmentation.errors import RuleError, SegmentError
from segmentation.membership import refresh
from segmentation.models import Segment
from segmentation.presets import PRESETS, Added, add, add_all, add_named
from segmentation.rules import format_rule, load
from tests.cast import NOW, keys_of, members
from tests.presets.test_catalogue import CustomersAndOrders

pytestmark = pytest.mark.django_db

DEMANDING = ("at-home", "abroad", "country-{country}")
"""They want a country."""


def slugs(added: Added) -> list[str]:
    return [segment.slug for segment in added.made]


def test_a_segment_of_a_preset(alice) -> None:
    segment = add(PRESETS["lapsed"], values={"days": "60"}, by=alice, now=NOW)
    segment.refresh_from_db()
    assert (segment.slug, segment.name, segment.state) == ("lapsed", "Not bought in 60 days", "live")
    assert segment.description == (
        "Customers who bought once and have been quiet since. Remind them of what is new since their last order."
    )
    assert format_rule(load(segment.definition)) == "orders.count() >= 1 and orders.count(last 60 days) = 0"
    assert (segment.definition["base_currency"], segment.versions.get().created_by) == ("GBP", alice)


def test_a_draft() -> None:
    assert add(PRESETS["lapsed"], state="draft", now=NOW).state == "draft"


def test_a_slug_is_taken_once() -> None:
    add(PRESETS["lapsed"], now=NOW)
    with pytest.raises(SegmentError, match="already exists"):
        add(PRESETS["lapsed"], now=NOW)


def test_what_a_shop_lacks_cannot_be_added(use_source) -> None:
    use_source(CustomersAndOrders)
    with pytest.raises(RuleError, match="refunds"):
        add(PRESETS["returns-heavy"], now=NOW)


def test_several_by_name() -> None:
    added = add_named(["lapsed", "loyal", "lapsed", "never-bought"], values={"days": "60"}, now=NOW)
    assert slugs(added) == ["lapsed", "loyal", "never-bought"]
    assert (added.present, added.left_out) == ((), {})
    rules = [format_rule(load(segment.definition)) for segment in added.made]
    assert rules == [
        "orders.count() >= 1 and orders.count(last 60 days) = 0",
        "orders.count() >= 3 and orders.count(last 60 days) >= 1",
        "orders.count() = 0",
    ]


def test_what_is_there_stays_as_it_is() -> None:
    add_named(["lapsed"], values={}, now=NOW)
    Segment.objects.update(name="Mine", state="archived")
    added = add_named(["lapsed", "loyal"], values={}, now=NOW)
    assert (slugs(added), added.present) == (["loyal"], ("lapsed",))
    assert Segment.objects.get(slug="lapsed").name == "Mine"


def test_one_preset_for_several_countries() -> None:
    for country in ("FR", "PL"):
        add_named(["country-{country}"], values={"country": country}, now=NOW)
    found = Segment.objects.order_by("slug").values_list("slug", "name")
    assert list(found) == [("country-fr", "Customers in FR"), ("country-pl", "Customers in PL")]
    assert add_named(["country-{country}"], values={"country": "FR"}, now=NOW).present == ("country-fr",)


@pytest.mark.parametrize(
    ("names", "values", "message"),
    [
        (["lapsed", "vip"], {}, "there is no preset called vip"),
        (["lapsed", "never-bought"], {"hours": "2"}, "none of these presets has a parameter hours"),
        (["lapsed", "abroad"], {}, "abroad needs a value for country"),
        (["lapsed", "loyal"], {"orders": "few"}, "loyal: “few” is no number for orders"),
        (["lapsed", "loyal"], {"orders": "2.5", "days": "1.5"}, "lapsed cannot be asked: line 1, column "),
        (
            ["lapsed", "big-spenders"],
            {"percent": "15"},
            "big-spenders cannot be asked: /rules/0/leave_at: ",
        ),
    ],
)
def test_all_or_none(names: list[str], values: dict[str, str], message: str) -> None:
    with pytest.raises(SegmentError) as caught:
        add_named(names, values=values, now=NOW)
    assert str(caught.value).startswith(message)
    assert not Segment.objects.exists()


def test_all_but_those_that_want_a_value() -> None:
    added = add_all(values={}, now=NOW)
    assert slugs(added) == [slug for slug in PRESETS if slug not in DEMANDING]
    assert added.left_out == dict.fromkeys(DEMANDING, "country must be set")
    assert {segment.state for segment in added.made} == {"live"}
    assert add_all(values={}, now=NOW).present == tuple(slugs(added))


def test_all_with_the_value_that_they_want() -> None:
    added = add_all(values={"country": "GB"}, state="draft", now=NOW)
    assert slugs(added) == ["country-gb" if slug == "country-{country}" else slug for slug in PRESETS]
    assert (added.left_out, {segment.state for segment in added.made}) == ({}, {"draft"})


def test_all_that_a_shop_can_have(use_source) -> None:
    use_source(CustomersAndOrders)
    added = add_all(values={"country": "GB", "state": "active"}, now=NOW)
    assert added.left_out["coupon-lovers"] == "orders has no column coupon_code"
    assert "refunds" in added.left_out["returns-heavy"]
    assert len(added.made) == len(PRESETS) - len(added.left_out) == 18


def test_a_parameter_that_no_preset_has() -> None:
    with pytest.raises(SegmentError, match=r"^none of these presets has a parameter age, hour$"):
        add_all(values={"hour": "1", "age": "2", "days": "3"}, now=NOW)


def test_the_first_refresh_fills_them(cast) -> None:
    add_named(["loyal", "never-bought"], values={}, now=NOW)
    refresh(now=NOW)
    assert members("loyal") == keys_of(cast["alice"])
    assert members("never-bought") == keys_of(cast["carol"])
