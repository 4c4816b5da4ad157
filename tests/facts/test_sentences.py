from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.facts import Catalogue
from segmentation.facts.sentences import leaf_sentence, sentence
from segmentation.rules import Rule, parse, tree
from segmentation.rules.tree import Attribute, Group, leaves
from tests.facts.sentences_shop import SHOP
from tests.rules.strategies import RULES

LANGUAGES = ("en", "fr", "pl", "zh-hans", "zh-hant")


def test_a_rule_is_one_sentence():
    assert sentence(parse('customer.country = "FR" and orders.count() = 0'), SHOP) == (
        "Customers who match: country is “FR” and no orders."
    )


def test_a_condition_is_said_alone():
    rule = parse('not (customer.country = "FR") and orders.count(where channel = "web", last 3 days) >= 2')

    assert [leaf_sentence(leaf, SHOP) for _, leaf in leaves(rule)] == [
        "country is “FR”",
        "at least 2 orders in the last 3 days where (channel is “web”)",
    ]


def test_what_the_shop_does_not_have_is_called_by_its_name():
    rule = parse(
        "customer.shoe_size = 43 and customer.joined_at month is 13"
        ' and pets.sum(legs, where pet.name = "Rex" and any toys (size > 3)) > 4'
    )

    assert sentence(rule, Catalogue("GBP")) == (
        "Customers who match: shoe size is 43 and joined at falls 13 and the sum of legs over pets"
        " where (pet name is “Rex” and it has at least 1 row of toys where (size is more than 3)) is more than 4."
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RULES, st.sampled_from(LANGUAGES))
def test_every_rule_has_a_sentence(rule, language):
    with translation.override(language):
        assert sentence(rule, SHOP)


def test_sentences_are_made_in_the_active_language():
    rule = parse("orders.count() >= 3")

    with translation.override("fr"):
        assert sentence(rule, SHOP) == "Clients répondant à ce critère — au moins 3 commandes."
    assert sentence(rule, SHOP) == "Customers who match: at least 3 orders."


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
        sentence(Rule(Group("and", (node,))), SHOP)
