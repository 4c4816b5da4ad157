from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import SegmentError
from segmentation.membership import define, refresh
from segmentation.membership.definitions import as_yaml, definitions_of, take_in
from segmentation.membership.definitions.strict_yaml import read_yaml
from segmentation.membership.definitions.writing import WIDE, rule_lines
from segmentation.models import Segment
from segmentation.rules import Rule, format_rule, parse
from tests.cast import NOW
from tests.membership.definitions.test_strict_yaml import plain
from tests.rules.strategies import RULES

FILE = """\
version: 1
base_currency: GBP
segments:
- slug: french
  name: French
  description: ''
  state: draft
  rule: customer.country = "FR"
- slug: loyal
  name: 'Loyal: our best'
  description: |-
    They stay.
    Write to them.
  state: live
  rule: |-
    orders.count() >= 3
    and orders.count(last 90 days) >= 1
    and orders.sum(total, last 365 days) between 500 and 1000
    and not (customer.country = "FR" or customer.country = "PL")
- slug: 'no'
  name: '2024'
  description: >-
    Customers of a year that has long gone, whom we keep for the sake of an example whose description
    is long.
  state: archived
  rule: orders.count() = 0
"""
LONG = (
    "orders.count() >= 3 and orders.count(last 90 days) >= 1 and orders.sum(total, last 365 days) between 500 and 1000"
    ' and not (customer.country = "FR" or customer.country = "PL")'
)


DESCRIPTION = "Customers of a year that has long gone, whom we keep for the sake of an example whose description is long."


@pytest.fixture
def three(db) -> None:
    define("no", "orders.count() = 0", name="2024", description=DESCRIPTION, state="archived", now=NOW)
    define("loyal", LONG, name="Loyal: our best", description="They stay.\nWrite to them.", now=NOW)
    define("french", 'customer.country = "FR"', name="French", state="draft", now=NOW)


def exported(*slugs: str) -> str:
    return as_yaml(definitions_of(slugs))


def test_the_file(three) -> None:
    assert exported() == FILE


def test_the_data(three) -> None:
    assert definitions_of(["french"]) == {
        "version": 1,
        "base_currency": "GBP",
        "segments": [
            {"slug": "french", "name": "French", "description": "", "state": "draft", "rule": 'customer.country = "FR"'}
        ],
    }


def test_those_that_are_named_by_slug_once_each(three) -> None:
    found = definitions_of(["no", "french", "no"])["segments"]
    assert [one["slug"] for one in found] == ["french", "no"]


def test_a_refresh_changes_nothing_in_it(three, cast) -> None:
    refresh(now=NOW)
    assert exported() == FILE


def test_of_this_shop_alone(three, configure) -> None:
    configure(SHOP="second")
    assert exported() == "version: 1\nbase_currency: GBP\nsegments: []\n"
    with pytest.raises(SegmentError, match=r"^no segment is called loyal$"):
        exported("loyal")


def test_a_broken_segment_is_written_as_what_the_owner_said(db) -> None:
    define("loyal", "orders.count() >= 3", now=NOW)
    Segment.objects.update(state="broken", problem="gone")
    assert [one["state"] for one in definitions_of()["segments"]] == ["live"]


def test_a_stored_rule_that_cannot_be_read_is_told(db) -> None:
    Segment.objects.create(slug="odd", name="Odd", definition={"version": 1})
    with pytest.raises(SegmentError, match=r"^the stored rule of odd cannot be read: /"):
        exported()


def test_a_rule_in_another_currency_is_not_written_as_one_in_ours(db, configure) -> None:
    define("rich", "orders.sum(total) > 5", now=NOW)
    configure(BASE_CURRENCY="EUR")
    with pytest.raises(SegmentError, match=r"^rich counts in GBP, the shop in EUR$"):
        exported()


def test_one_query_whatever_the_number(three, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        exported()


@pytest.mark.parametrize(
    "text",
    [
        f"at least 2 of ({', '.join(['orders.count() >= 1'] * 6)})",
        f"not ({' or '.join(['orders.count() >= 1'] * 6)})",
        f"any of (orders.count(where {' and '.join(['total > 1'] * 10)}) >= 1)",
    ],
)
def test_what_infix_cannot_say_stays_one_line(text) -> None:
    assert len(text) > WIDE
    assert rule_lines(parse(text)) == text == format_rule(parse(text))


def test_groups_of_a_long_rule_keep_their_words() -> None:
    words = ["not (orders.count() = 1 and orders.count() = 2)", "at least 1 of (orders.count() = 3, orders.count() = 4)"]
    words += ["any of (orders.count() = 5)", "(orders.count() = 6 and (orders.count() = 7))"]
    assert rule_lines(parse(" or ".join(words))) == "\nor ".join(words)


@given(RULES)
def test_lines_are_the_rule(rule: Rule) -> None:
    assert parse(rule_lines(rule)).root == rule.root
    assert rule_lines(rule).replace("\n", " ") == format_rule(rule)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_whatever_an_owner_wrote_is_read_again(text: str) -> None:
    assert plain(read_yaml(as_yaml({"name": text, "long": f"{text} " * 9}))) == {"name": text, "long": f"{text} " * 9}


@given(RULES)
def test_whatever_a_rule_says_is_read_again(rule: Rule) -> None:
    assert plain(read_yaml(as_yaml({"rule": rule_lines(rule)}))) == {"rule": rule_lines(rule)}


def test_the_example_of_the_docs_is_what_an_export_writes(db, configure) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", Path(settings.BASE_DIR, "docs", "definitions.md").read_text(), re.DOTALL)
    take_in(example.encode(), now=NOW)
    assert exported() == example
