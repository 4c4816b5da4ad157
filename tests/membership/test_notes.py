"""What a refresh tells the owner of a segment that it answered."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from segmentation.membership import define, evaluate_live, refresh
from segmentation.membership.define import change
from segmentation.membership.status import status
from segmentation.models import Segment
from segmentation.rules import load
from shopdemo.shop.models import Category, Order, Product, User
from tests.cast import NOW, add_line, keys_of, members, profile_of

pytestmark = pytest.mark.django_db

RULE = 'order_lines.count(where product.category = "Lamps") >= 1'
NOTE = f'In “{RULE}” (/rules/0): "Lamps" stands in no row: product.category is "Lamps & Shades"'
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def lamps(alice: User) -> Category:
    """Alice bought a lamp, and is in the segment for those who did."""
    category = Category.objects.create(name="Lamps", slug="lamps")
    lamp = Product.objects.create(code="L", title="Lamp", slug="lamp", price=5, category=category)
    add_line(Order.objects.get(number="A1"), lamp)
    define("lit", RULE, now=NOW)
    refresh(now=NOW)
    assert (members("lit"), note()) == (keys_of(alice), "")
    return category


def rename(category: Category, name: str) -> None:
    category.name = name
    category.save()


def note() -> str:
    (segment,) = status(now=TOMORROW).segments
    assert segment.alarm == ""
    return segment.note


def test_a_category_that_is_renamed_empties_no_segment_without_a_word(lamps, caplog):
    rename(lamps, "Lamps & Shades")

    with caplog.at_level(logging.WARNING, "segmentation.membership"):
        (report,) = refresh(now=TOMORROW).segments
        refresh(now=TOMORROW)

    assert (report.size, report.left, report.problem, report.note) == (0, 1, "", NOTE)
    assert (note(), status(now=TOMORROW).notes) == (NOTE, (f"lit: {NOTE}",))
    assert [record.getMessage() for record in caplog.records] == [f"segment lit: {NOTE}"]  # once, not every night


def test_the_note_goes_when_the_value_is_back_or_the_rule_another(lamps, alice):
    rename(lamps, "Shades")
    refresh(now=TOMORROW)
    rename(lamps, "lamps")
    refresh(now=TOMORROW)
    assert (members("lit"), note()) == (keys_of(alice), "")

    rename(lamps, "Shades")
    refresh(now=TOMORROW)
    assert note() != ""
    segment = Segment.objects.get()
    change(segment, load(segment.definition), now=TOMORROW)
    assert note() == ""


def test_no_query_is_made_for_it(lamps, django_assert_max_num_queries, django_assert_num_queries):
    with django_assert_max_num_queries(100) as queries:
        refresh(now=NOW)
    rename(lamps, "Shades")
    Order.objects.filter(number="A1").update(status="cancelled")
    refresh(now=NOW)  # who leaves is written

    with django_assert_num_queries(len(queries)):
        refresh(now=NOW)
    assert note() != ""


def test_live_answers_leave_the_note_alone(lamps, alice):
    rename(lamps, "Lamps & Shades")
    refresh(now=TOMORROW)
    rename(lamps, "Lamps")
    evaluate_live([profile_of(alice).pk], now=TOMORROW)

    assert (members("lit"), note()) == (keys_of(alice), NOTE)


def test_values_of_restricted_facts_are_not_named(alice):
    define("north", 'customer.city = "York"', now=NOW)
    (report,) = refresh(now=NOW).segments

    assert report.note == 'In “customer.city = "York"” (/rules/0): "York" stands in no row of customer.city'


def test_a_broken_segment_has_its_problem_and_no_note(lamps):
    Segment.objects.update(definition={"version": 99})
    (report,) = refresh(now=NOW).segments

    assert (report.problem != "", report.note, status(now=NOW).notes) == (True, "", ())
