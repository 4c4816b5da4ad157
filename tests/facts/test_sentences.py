from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from segmentation.facts import Catalogue
from segmentation.facts.sentences import leaf_sentence, sentence
from segmentation.rules import Rule, parse, tree
from segmentation.rules.tree import Attribute, Group, leaves
from tests.facts.shop import CATALOGUE
from tests.rules.strategies import RULES

COMPARISONS = [
    ('customer.country = "FR"', "country is “FR”"),
    ('customer.country != "FR"', "country is not “FR” (customers without a known country are left out)"),
    ('customer.country in ("FR", "PL")', "country is one of “FR”, “PL”"),
    ('customer.country not in ("FR", "PL")', "country is none of “FR”, “PL” (customers without a known country are left out)"),
    ('customer.country contains "land"', "country contains “land”"),
    ('customer.country not contains "land"', "country does not contain “land” (customers without a known country are left out)"),
    ('customer.country starts with "Po"', "country starts with “Po”"),
    ('customer.country ends with "land"', "country ends with “land”"),
    ("customer.country is set", "country is known"),
    ("customer.country is not set", "country is not known"),
    ("customer.visits = 3", "visits is 3"),
    ("customer.visits != 3", "visits is not 3 (customers without a known visits are left out)"),
    ("customer.visits in (3, 4)", "visits is one of 3, 4"),
    ("customer.visits < 3", "visits is less than 3"),
    ("customer.visits <= 3", "visits is at most 3"),
    ("customer.visits > 3", "visits is more than 3"),
    ("customer.visits >= 3", "visits is at least 3"),
    ("customer.visits between 3 and 5", "visits is from 3 to 5"),
    ("customer.credit > 9.50", "credit is more than 9.50 GBP"),
    ("customer.credit between 1 and 2", "credit is from 1 GBP to 2 GBP"),
    ("customer.credit in (1, 2)", "credit is one of 1 GBP, 2 GBP"),
    ("customer.accepts_email is true", "consent to e-mail is yes"),
    ("customer.accepts_email is false", "consent to e-mail is no"),
    ('customer.birth_date on "1990-02-28"', "birth date is 1990-02-28"),
    ('customer.birth_date before "1990-02-28"', "birth date is before 1990-02-28"),
    ('customer.birth_date after "1990-02-28"', "birth date is after 1990-02-28"),
    ('customer.birth_date between "1990-01-01" and "1990-12-31"', "birth date is from 1990-01-01 to 1990-12-31"),
    ("customer.joined_at last 30 days", "joining date lies in the last 30 days"),
    ("customer.joined_at last 1 month", "joining date lies in the last 1 month"),
    ("customer.joined_at not last 2 years", "joining date is longer ago than 2 years"),
    ("customer.joined_at next 12 hours", "joining date lies in the next 12 hours"),
    ("customer.birth_date anniversary next 1 week", "birth date has its anniversary in the next 1 week"),
    ("customer.joined_at this day", "joining date is today"),
    ("customer.joined_at this quarter", "joining date lies in this quarter"),
    ("customer.joined_at previous day", "joining date is yesterday"),
    ("customer.joined_at previous month", "joining date lies in the previous month"),
    ("customer.birth_date month is 3", "birth date falls in March"),
    ("customer.birth_date month is (12, 1, 2)", "birth date falls in December, January or February"),
    ("customer.joined_at weekday is 1", "joining date falls on a Monday"),
    ("customer.joined_at weekday is (6, 7)", "joining date falls on a Saturday or Sunday"),
    ('customer.club = "Gold"', "loyalty club is “Gold”"),
    ('customer.country = "100 %(x)s"', "country is “100 %(x)s”"),
]


@pytest.mark.parametrize(("text", "clause"), COMPARISONS, ids=[text for text, _ in COMPARISONS])
def test_comparisons(text, clause):
    assert sentence(parse(text), CATALOGUE) == f"Customers for whom {clause}."


BEHAVIOURS = [
    ("orders.count() = 0", "the number of orders is 0"),
    ("orders.count(last 90 days) >= 3", "the number of orders in the last 90 days is at least 3"),
    ('orders.count(since "2026-01-01") >= 3', "the number of orders since 2026-01-01 is at least 3"),
    (
        'orders.count(between "2026-01-01" and "2026-03-31") >= 3',
        "the number of orders from 2026-01-01 to 2026-03-31 is at least 3",
    ),
    ("orders.count() between 2 and 5", "the number of orders is from 2 to 5"),
    ("orders.sum(total, last 1 year) > 500", "the sum of total over orders in the last 1 year is more than 500 GBP"),
    ("orders.avg(total) >= 80.50", "the average total of orders is at least 80.50 GBP"),
    ("orders.min(total) < 5", "the lowest total of orders is less than 5 GBP"),
    ("orders.max(total) >= 1000", "the highest total of orders is at least 1000 GBP"),
    ("orders.min(placed_at) last 30 days", "the earliest order date of orders lies in the last 30 days"),
    ("orders.max(placed_at) not last 90 days", "the latest order date of orders is longer ago than 90 days"),
    ("orders.max(due_on) is set", "the latest due on of orders is known"),
    ("orders.max(order.weight) > 2.5", "the highest order weight of orders is more than 2.5"),
    ("order_lines.sum(quantity) > 100", "the sum of quantity over order lines is more than 100"),
    (
        "spend.sum(amount, last 365 days) > 200",
        "the sum of amount over orders less refunds in the last 365 days is more than 200 GBP",
    ),
    ('orders.count(where channel = "web") >= 1', "the number of orders where channel is “web” is at least 1"),
    (
        'order_lines.count(where product.category = "Lamps" and line_total > 20, last 30 days) = 0',
        "the number of order lines in the last 30 days where "
        "(product category is “Lamps” and line total is more than 20 GBP) is 0",
    ),
    (
        'orders.count(where channel = "web" or (gift is true and coupon_code is set)) >= 1',
        "the number of orders where (channel is “web” or (gift is yes and coupon code is known)) is at least 1",
    ),
    (
        'orders.count(where channel != "web") >= 1',
        "the number of orders where channel is not “web” (those without a known channel are not counted) is at least 1",
    ),
    (
        'orders.count(where not (channel = "web")) >= 1',
        "the number of orders where it is not true that "
        "(channel is “web” (those without a known channel are not counted)) is at least 1",
    ),
    (
        'orders.count(where not (channel != "web")) >= 1',
        "the number of orders where it is not true that (channel is not “web”) is at least 1",
    ),
]


@pytest.mark.parametrize(("text", "clause"), BEHAVIOURS, ids=[text for text, _ in BEHAVIOURS])
def test_behaviours(text, clause):
    assert sentence(parse(text), CATALOGUE) == f"Customers for whom {clause}."


GROUPS = [
    (
        "customer.visits > 3 and orders.count() = 0 and customer.country is set",
        "visits is more than 3 and the number of orders is 0 and country is known",
    ),
    ('customer.visits > 3 or customer.country = "FR"', "visits is more than 3 or country is “FR”"),
    (
        'customer.visits > 3 and (customer.country = "FR" or customer.country = "PL")',
        "visits is more than 3 and (country is “FR” or country is “PL”)",
    ),
    ("customer.visits > 3 and (orders.count() = 0)", "visits is more than 3 and the number of orders is 0"),
    (
        "not (customer.country is set or orders.count() = 0) and customer.visits > 3",
        "it is not true that (country is known or the number of orders is 0) and visits is more than 3",
    ),
    ("not orders.count() = 0", "it is not true that (the number of orders is 0)"),
]


@pytest.mark.parametrize(("text", "clause"), GROUPS, ids=[text for text, _ in GROUPS])
def test_groups(text, clause):
    assert sentence(parse(text), CATALOGUE) == f"Customers for whom {clause}."


LEFT_OUT = " (customers without a known country are left out)"
TAKEN_IN = " (customers without a known country are taken in)"
UNKNOWNS = [
    ('customer.country = "FR" if unknown no', f"country is “FR”{LEFT_OUT}"),
    ('customer.country = "FR" if unknown yes', f"country is “FR”{TAKEN_IN}"),
    ('customer.country != "FR" if unknown no', f"country is not “FR”{LEFT_OUT}"),
    ('customer.country != "FR" if unknown yes', f"country is not “FR”{TAKEN_IN}"),
    # Below a negation the unknown is settled first and then turned round.
    ('not (customer.country = "FR")', f"it is not true that (country is “FR”{LEFT_OUT})"),
    ('not (customer.country != "FR")', "it is not true that (country is not “FR”)"),
    ('not (customer.country = "FR" if unknown no)', f"it is not true that (country is “FR”{TAKEN_IN})"),
    ('not (customer.country = "FR" if unknown yes)', f"it is not true that (country is “FR”{LEFT_OUT})"),
    (
        'not (not (customer.country = "FR" if unknown yes))',
        f"it is not true that (it is not true that (country is “FR”{TAKEN_IN}))",
    ),
    ("customer.country is set if unknown yes", "country is known"),
    ("orders.count() = 0 if unknown yes", "the number of orders is 0"),
    ("orders.count() != 0", "the number of orders is not 0"),
    (
        "orders.avg(total) < 5 if unknown yes",
        "the average total of orders is less than 5 GBP (customers for whom this is not known are taken in)",
    ),
    (
        "orders.avg(total) != 5",
        "the average total of orders is not 5 GBP (customers for whom this is not known are left out)",
    ),
    (
        "not (orders.max(placed_at) last 9 days)",
        "it is not true that (the latest order date of orders lies in the last 9 days "
        "(customers for whom this is not known are left out))",
    ),
]


@pytest.mark.parametrize(("text", "clause"), UNKNOWNS, ids=[text for text, _ in UNKNOWNS])
def test_who_is_taken_in_though_it_is_not_known(text, clause):
    assert sentence(parse(text), CATALOGUE) == f"Customers for whom {clause}."


def test_a_condition_is_said_alone():
    rule = parse('not (customer.country = "FR") and orders.count(where channel = "web", last 3 days) >= 2')

    assert [leaf_sentence(leaf, CATALOGUE) for _, leaf in leaves(rule)] == [
        "country is “FR”",
        "the number of orders in the last 3 days where channel is “web” is at least 2",
    ]


def test_what_the_shop_does_not_have_is_called_by_its_name():
    rule = parse('customer.shoe_size = 43 and customer.joined_at month is 13 and pets.sum(legs, where pet.name = "Rex") > 4')

    assert sentence(rule, Catalogue("GBP")) == (
        "Customers for whom shoe size is 43 and joining date falls in 13 "
        "and the sum of legs over pets where pet name is Rex is more than 4."
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES)
def test_every_rule_has_a_sentence(rule):
    said = sentence(rule, CATALOGUE)

    assert said.startswith("Customers for whom ")
    assert said.endswith(".")


def test_sentences_are_made_in_the_active_language():
    rule = parse("customer.birth_date month is 3")

    with translation.override("fr"):
        assert "mars" in sentence(rule, CATALOGUE)
    assert "March" in sentence(rule, CATALOGUE)


@pytest.mark.parametrize(
    "node",
    [
        tree.Test("country", "is_set"),
        tree.Behaviour("orders", "count", "=", "0", where=Group("and", (Attribute("a", "is_set"),))),
    ],
    ids=["a test outside", "an attribute within"],
)
def test_a_condition_out_of_place_has_no_sentence(node):
    with pytest.raises(TypeError, match="is no condition on"):
        sentence(Rule(Group("and", (node,))), CATALOGUE)
