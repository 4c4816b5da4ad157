from __future__ import annotations

import datetime as dt

import pytest

from personalization.models import RecommenderVersion
from segmentation.membership import RefreshReport, SegmentReport
from segmentation.models import Segment
from shopdemo.demo.accounts import Login
from shopdemo.demo.report import address_lines, data_lines, recommender_lines, segment_lines
from shopdemo.shop.models import DataLoad

AT = dt.datetime(2026, 2, 27, 12, 50, tzinfo=dt.UTC)
COUNTS = {
    "customers": 4_372,
    "orders of customers": 18_536,
    "orders of guests": 1_427,
    "refunds of customers": 3_654,
    "limit_invoices": None,
}


def test_what_was_loaded() -> None:
    assert data_lines(DataLoad(weeks=742, last_at=AT, counts=COUNTS)) == [
        "4,372 customers, 18,536 orders of theirs, 1,427 of guests, 3,654 refunds; "
        "dates moved by 742 weeks, the last order is of 27 February 2026."
    ]


def test_a_part_says_that_it_is_one() -> None:
    lines = data_lines(DataLoad(weeks=742, last_at=AT, counts={**COUNTS, "limit_invoices": 1_500}))
    assert lines[1:] == ["Only 1,500 invoices were loaded, as --limit-invoices asked."]


@pytest.mark.django_db
def test_segments_come_largest_first_and_a_broken_one_says_why() -> None:
    for slug, name in (("a", "Few"), ("bbb", "Many"), ("cc", "Broken")):
        Segment.objects.create(slug=slug, name=name, definition={})
    found = (SegmentReport("a", size=5), SegmentReport("bbb", size=1_000), SegmentReport("cc", problem="no such fact"))
    assert segment_lines(RefreshReport(AT, 2_000, found)) == [
        "bbb   1,000   50.0%  Many",
        "a         5    0.2%  Few",
        "cc        0    0.0%  no such fact",
    ]


@pytest.mark.django_db
def test_without_segments_there_is_nothing_to_show() -> None:
    assert segment_lines(RefreshReport(AT, 0, ())) == []


def test_what_was_learned_and_how_well_it_does() -> None:
    data = {"lines": 396_337, "people": 4_338}
    report = {
        "tasks": {task: {"ndcg_at_10": 0.3} for task in ("next", "new", "basket")},
        "baselines": {task: {"popularity": {"ndcg_at_10": 0.07}} for task in ("next", "new", "basket")},
    }
    learned = "Recommendations: version 2, learned from 396,337 lines of 4,338 people."
    assert recommender_lines(RecommenderVersion(number=2, card={"data": data, "report": report}), "") == [
        learned,
        "NDCG@10 on the last fifth of the time (best sellers alone): the next order 0.300 (0.070), something new 0.300 (0.070), "
        "the rest of a cart 0.300 (0.070).",
    ]
    assert recommender_lines(RecommenderVersion(number=2, card={"data": data, "report": {}}), "") == [
        learned,
        "Too few orders to test them.",
    ]
    assert recommender_lines(None, "nobody bought anything.") == ["No recommendations: nobody bought anything."]


def test_addresses_and_logins() -> None:
    logins = [Login("admin@example.com", "demo", is_staff=True), Login("alice@example.com", "", is_staff=False)]
    assert address_lines("127.0.0.1:8000", logins) == [
        "Shop   http://127.0.0.1:8000/",
        "Front  http://127.0.0.1:8000/headless/",
        "Admin  http://127.0.0.1:8000/admin/",
        "Staff  admin@example.com  password: demo",
        "Login  alice@example.com  (password changed)",
    ]
