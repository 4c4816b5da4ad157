from __future__ import annotations

from dataclasses import replace

import pytest

from segmentation.facts.described import described
from segmentation.facts.family import Family
from segmentation.rules.values import Kind
from tests.sources.zoo.source import Zoo

COUNTRY = Zoo.customers.columns["country"]
PLACED_AT = Zoo.visits.columns["placed_at"]


def said(column, path=""):
    """The label, the help and the family, as plain words."""
    label, help_text, family = described(column, path)
    return str(label), str(help_text), family


def own(relation, kind=Kind.TEXT, label=""):
    """A column that is no canonical one."""
    return replace(COUNTRY, relation=relation, name="shoe_size", kind=kind, label=label)


def test_a_canonical_column_has_our_words():
    assert said(COUNTRY) == ("country", "Where the customer lives.", Family.GEOGRAPHIC)


def test_the_shops_label_goes_before_ours():
    assert said(replace(COUNTRY, label="home country")) == ("home country", "Where the customer lives.", Family.GEOGRAPHIC)


def test_a_column_of_the_row_above_says_so():
    total = Zoo.visits.columns["total"]

    assert said(total, "order")[0] == "order total"
    assert said(replace(total, label="sum due"), "order")[0] == "order sum due"


def test_a_label_that_already_says_so_does_not_say_it_twice():
    assert said(PLACED_AT)[0] == "order date"
    assert said(PLACED_AT, "order")[0] == "order date"
    assert said(replace(PLACED_AT, label="moment"), "order")[0] == "order moment"


def test_a_column_of_the_shops_own_is_called_by_its_label_or_its_name():
    assert said(own("customers")) == ("shoe size", "", Family.OWN)
    assert said(own("customers", label="size of shoes"))[0] == "size of shoes"
    assert said(own("products"), "product")[0] == "product shoe size"


@pytest.mark.parametrize(
    ("relation", "kind", "family"),
    [
        ("customers", Kind.TEXT, Family.OWN),
        ("customers", Kind.MONEY, Family.VALUE),
        ("customers", Kind.GEO, Family.GEOGRAPHIC),
        ("products", Kind.NUMBER, Family.PSYCHOGRAPHIC),
        ("products", Kind.MONEY, Family.VALUE),
        ("wishlist_items", Kind.BOOLEAN, Family.NEEDS),
        ("orders", Kind.TEXT, Family.BEHAVIOURAL),
        ("loyalty_cards", Kind.TEXT, Family.BEHAVIOURAL),
    ],
)
def test_the_family_of_a_column_of_the_shops_own(relation, kind, family):
    assert said(own(relation, kind))[2] == family
