from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from segmentation.activity import Context, Deed
from segmentation.activity.deed import row_of
from tests.cast import NOW

VIEW = Deed("view", visitor="v1")


def kept(name, value):
    """What is kept of a field of a deed, or of its context."""
    field = {name: value} if hasattr(VIEW, name) else {"context": Context(**{name: value})}
    return getattr(row_of(replace(VIEW, **field), "default", NOW), name)


def test_everything_is_kept_as_it_is_told():
    context = Context(9, "PL", "pl", "phone", "email", "example.org", "news", "mail", "spring")
    deed = Deed("view", NOW, "7", "v1", "u1", "LAMP", "Lamps", "red lamp", Decimal("2.5"), context)

    row = row_of(deed, "second", NOW)

    fields = [field.name for field in row._meta.fields if field.name != "id"]
    assert {name: getattr(row, name) for name in fields} == {
        "shop": "second",
        "uid": "u1",
        "kind": "view",
        "at": NOW,
        "customer": "7",
        "visitor": "v1",
        "product_id": "LAMP",
        "category": "Lamps",
        "query": "red lamp",
        "value": Decimal("2.5000"),
        "hour": 9,
        "country": "PL",
        "language": "pl",
        "device": "phone",
        "channel": "email",
        "referrer": "example.org",
        "utm_source": "news",
        "utm_medium": "mail",
        "utm_campaign": "spring",
    }
    assert row.pk is None


def test_what_is_not_told_is_not_known():
    row = row_of(VIEW, "default", NOW)

    assert (row.at, row.value, row.hour, row.product_id, row.utm_source) == (NOW, None, None, "", "")


def test_a_deed_of_nobody():
    with pytest.raises(ValueError, match="somebody must have done it: give a customer, a visitor, or both"):
        row_of(Deed("view"), "default", NOW)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("query", "  red\x00 \x1blamp\n ", "red lamp"),
        ("query", "half \ud800 of a character", "half  of a character"),
        ("query", "żółć 灯", "żółć 灯"),
        ("query", "x" * 199 + " yz", "x" * 199),
        ("product_id", "P" * 300, "P" * 240),
        ("utm_campaign", "c" * 201, "c" * 200),
        ("device", "d" * 17, "d" * 16),
        ("customer", "c" * 240, "c" * 240),
        ("customer", "c" * 241, ""),  # the first 240 characters are somebody else
        ("customer", 12, "12"),
        ("country", " fr ", "FR"),
        ("country", "FRA", ""),
        ("country", "F1", ""),
        ("country", "ΕΛ", ""),
        ("hour", 0, 0),
        ("hour", 23, 23),
        ("hour", 24, None),
        ("hour", -1, None),
        ("hour", True, None),
        ("value", 3, Decimal("3.0000")),
        ("value", "1.23456", Decimal("1.2346")),
        ("value", 0.1, Decimal("0.1000")),
        ("value", "much", None),
        ("value", "NaN", None),
        ("value", "Infinity", None),
        ("value", Decimal(10) ** 14, None),
        ("value", Decimal(10) ** 40, None),
        ("value", Decimal(10) ** 14 - 1, Decimal(10) ** 14 - 1),
    ],
)
def test_what_is_kept(name, value, expected):
    assert kept(name, value) == expected


def test_a_visitor_whose_name_is_too_long_is_nobody():
    assert row_of(Deed("view", visitor="v" * 65), "default", NOW).visitor == ""


def test_a_uid_is_made_where_none_is_given():
    uids = {row_of(VIEW, "default", NOW).uid for _ in range(3)}

    assert len(uids) == 3
    assert {len(uid) for uid in uids} == {32}


def test_two_long_uids_that_begin_alike_stay_two():
    uids = [kept("uid", "u" * 70 + end) for end in "ab"]

    assert uids[0] != uids[1]
    assert [len(uid) for uid in uids] == [64, 64]
    assert kept("uid", "u" * 64) == "u" * 64
    assert kept("uid", "u\x00") not in ("u", "u\x00")


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(0), NOW),
        (timedelta(hours=1), NOW - timedelta(hours=1)),
        (timedelta(hours=24), NOW - timedelta(hours=24)),
        (timedelta(hours=24, seconds=1), NOW),
        (timedelta(seconds=-1), NOW),
        (timedelta(days=-3), NOW),
    ],
)
def test_a_clock_that_is_wrong_is_not_believed(ago, expected):
    assert kept("at", NOW - ago) == expected


def test_a_time_without_a_zone():
    with pytest.raises(ValueError, match="the time of a deed must be aware of its time zone"):
        kept("at", NOW.replace(tzinfo=None))
