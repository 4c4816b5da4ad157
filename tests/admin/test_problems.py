from __future__ import annotations

import pytest

from segmentation.admin.problems import messages_of
from segmentation.errors import Problem, RuleError
from segmentation.membership.define import sound
from segmentation.rules import Rule, parse


def refused(rule: Rule) -> RuleError:
    with pytest.raises(RuleError) as caught:
        sound(rule)
    return caught.value


def test_a_problem_of_the_text_has_line_and_column() -> None:
    error = RuleError([Problem("", "%(name)s is odd", {"name": "x"}, 2, 7)])
    assert messages_of(error) == ["Line 2, column 7: x is odd"]


def test_a_problem_of_the_tree_quotes_its_condition() -> None:
    rule = parse('orders.count() >= 1 and (customer.shoe = "xl" or customer.country = "GB")')
    assert messages_of(refused(rule), rule) == [
        'In “customer.shoe = "xl"” (/rules/1/rules/0/field): unknown fact customer.shoe',
    ]


def test_each_problem_is_its_own_message() -> None:
    rule = parse('customer.a = "1" and customer.b = "2"')
    assert [message.rpartition(": ")[2] for message in messages_of(refused(rule), rule)] == [
        "unknown fact customer.a",
        "unknown fact customer.b",
    ]


def test_a_long_condition_is_cut() -> None:
    rule = parse(f'customer.shoe = "{"x" * 200}"')
    (message,) = messages_of(refused(rule), rule)
    quoted = message.removeprefix("In “").partition("”")[0]
    assert len(quoted) == 80
    assert quoted.endswith("…")


def test_rule_ten_is_not_mistaken_for_rule_one() -> None:
    rule = parse(" and ".join(["orders.count() >= 1"] * 10 + ['customer.shoe = "xl"']))
    assert messages_of(refused(rule), rule) == ['In “customer.shoe = "xl"” (/rules/10/field): unknown fact customer.shoe']


def test_without_the_tree_the_path_stands_alone() -> None:
    assert messages_of(RuleError([Problem("/version", "unknown")])) == ["At /version: unknown"]


def test_a_problem_of_the_whole_has_no_place() -> None:
    assert messages_of(RuleError([Problem("", "too large")])) == ["too large"]


def test_a_per_cent_sign_in_a_plain_problem_is_itself() -> None:
    assert messages_of(RuleError([Problem("", "100% wrong")])) == ["100% wrong"]


def test_a_problem_outside_any_condition_keeps_its_path() -> None:
    rule = Rule(parse("orders.count() >= 1").root, base_currency="XXX")
    assert messages_of(refused(rule), rule) == ["At /base_currency: the rule counts in XXX, the shop in GBP"]
