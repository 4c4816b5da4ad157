from __future__ import annotations

import pytest

from segmentation.models import Segment
from segmentation.presets import PRESETS

pytestmark = pytest.mark.django_db


def slugs() -> list[str]:
    return sorted(Segment.objects.values_list("slug", flat=True))


def test_the_list(segments):
    segments("presets", "add", "lapsed")
    ran = segments("presets", "list", "--json")

    assert [preset["slug"] for preset in ran.data] == list(PRESETS)
    found = {preset["slug"]: preset for preset in ran.data}
    assert found["lapsed"] == {
        "slug": "lapsed",
        "name": "Not bought in 90 days",
        "family": "recency",
        "purpose": "Customers who bought once and have been quiet since.",
        "action": "Remind them of what is new since their last order.",
        "rule": "orders.count() >= 1 and orders.count(last {days} days) = 0",
        "parameters": [{"name": "days", "default": "90", "label": "days"}],
        "lacks": "",
        "present": True,
    }
    assert found["at-home"]["parameters"] == [{"name": "country", "default": None, "label": "country"}]
    assert [slug for slug, preset in found.items() if preset["present"]] == ["lapsed"]
    assert (ran.err, ran.code) == ("", 0)


def test_the_list_for_people(segments):
    segments("presets", "add", "lapsed")
    lines = segments("presets", "list").out.splitlines()

    assert lines[0].split() == ["preset", "family", "parameters", "purpose"]
    assert len(lines) == len(PRESETS) + 1
    assert lines[2].split()[:3] == ["lapsed", "recency", "days=90"]
    assert lines[2].endswith("is there")
    assert lines[3].endswith("the second is the hardest to win.")
    assert "country=…" in lines[-3]


def test_what_the_shop_lacks_is_told(segments, use_source):
    use_source("LostCountry")
    found = {preset["slug"]: preset["lacks"] for preset in segments("presets", "list", "--json").data}

    assert {slug for slug, why in found.items() if why} == {"at-home", "abroad", "country-{country}"}
    assert found["at-home"] == "unknown fact customer.country"
    assert "cannot be asked: unknown fact customer.country" in segments("presets", "list").out


def test_json_may_be_asked_for_before_the_verb(segments):
    assert segments("presets", "--json", "list").data == segments("presets", "list", "--json").data


def test_one_is_added(segments):
    ran = segments("presets", "add", "lapsed", "--set", "days=60")

    assert ran.out.splitlines() == ["added lapsed: Not bought in 60 days", "The next refresh fills them."]
    assert (ran.err, ran.code) == ("", 0)
    assert Segment.objects.get().state == "live"


def test_what_is_there_is_left_alone(segments):
    segments("presets", "add", "lapsed", "--set", "days=60")
    ran = segments("presets", "add", "lapsed", "loyal", "--draft")

    assert ran.out.splitlines() == ["added loyal: Loyal customers", "lapsed is there and stays as it is"]
    assert list(Segment.objects.order_by("slug").values_list("slug", "name", "state")) == [
        ("lapsed", "Not bought in 60 days", "live"),
        ("loyal", "Loyal customers", "draft"),
    ]


def test_adding_as_json(segments):
    segments("presets", "add", "lapsed")
    ran = segments("presets", "add", "lapsed", "country-{country}", "--set", "country=FR", "--json")

    assert ran.data == {
        "added": [{"slug": "country-fr", "name": "Customers in FR", "state": "live"}],
        "present": ["lapsed"],
        "left_out": {},
    }


def test_all_that_want_no_value(segments):
    ran = segments("presets", "add", "--all", "--json")

    wanting = ["at-home", "abroad", "country-{country}"]
    assert [segment["slug"] for segment in ran.data["added"]] == [slug for slug in PRESETS if slug not in wanting]
    assert ran.data["left_out"] == dict.fromkeys(wanting, "country must be set")
    assert ran.code == 0
    again = segments("presets", "add", "--all")
    assert again.out.splitlines()[0] == "bought-lately is there and stays as it is"
    assert again.out.splitlines()[-1] == "left out country-{country}: country must be set"
    assert again.code == 0


def test_all_with_a_value(segments):
    ran = segments("presets", "add", "--all", "--set", "country=GB", "--set", "days = 7", "--json")

    assert (len(ran.data["added"]), ran.data["left_out"]) == (len(PRESETS), {})
    assert Segment.objects.get(slug="lapsed").name == "Not bought in 7 days"


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        ((), "name the presets to add, or --all", 2),
        (("lapsed", "--all"), "name the presets to add, or --all", 2),
        (("lapsed", "--set", "days"), "--set: “days” is not NAME=VALUE", 2),
        (("lapsed", "vip"), "there is no preset called vip", 1),
        (("lapsed", "at-home"), "at-home needs a value for country", 1),
        (("lapsed", "--set", "country=FR"), "none of these presets has a parameter country", 1),
        (("lapsed", "--set", "days=soon"), "lapsed: “soon” is no number for days", 1),
    ],
)
def test_what_is_refused(segments, arguments, message, code):
    ran = segments("presets", "add", *arguments, "--json")

    assert (ran.out, ran.err, ran.code) == ("", message, code)
    assert slugs() == []


def test_what_the_shop_lacks_is_refused(segments, use_source):
    use_source("LostCountry")
    ran = segments("presets", "add", "lapsed", "at-home", "--set", "country=FR")

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err == "at-home cannot be asked: /rules/0/field: unknown fact customer.country"
    assert slugs() == []
