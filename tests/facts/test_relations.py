from __future__ import annotations

import pytest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from segmentation.facts.relations import label_above, relation_label, spaced
from segmentation.sources import canonical
from segmentation.sources.relation import Relation

RELATIONS = [relation for relation in Relation.__subclasses__() if relation.__module__ == canonical.__name__]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("orders", "orders"),
        ("order_lines", "order lines"),
        ("carts", "carts"),
        ("cart_lines", "cart lines"),
        ("wishlist_items", "wishlist items"),
        ("events", "events"),
        ("refunds", "refunds"),
        ("spend", "orders less refunds"),
        ("loyalty_cards", "loyalty cards"),
    ],
)
def test_relations_are_called_by_a_plural(name, label):
    assert str(relation_label(name)) == label


def test_every_canonical_relation_can_be_translated():
    names = [relation.name for relation in RELATIONS]

    assert len(names) == 9
    assert all(isinstance(relation_label(name), Promise) for name in names)


@pytest.mark.parametrize(
    ("path", "label", "said"),
    [
        ("product", "category", "product category"),
        ("order", "coupon code", "order coupon code"),
        ("cart", "state", "cart state"),
        ("loyalty_card", "colour", "loyalty card colour"),
        ("order", "{odd}", "order {odd}"),
    ],
)
def test_a_column_of_the_row_above(path, label, said):
    assert str(label_above(path, label)) == said


def test_the_words_are_chosen_when_they_are_said():
    label = label_above("order", gettext_lazy("coupon code"))

    assert isinstance(label, Promise)
    assert str(label) == "order coupon code"


def test_names_in_words():
    assert spaced("customer.shoe_size") == "customer shoe size"


def test_every_path_of_ours_has_a_template():
    paths = {path for relation in RELATIONS for path in relation.above}

    assert paths == {"order", "product", "cart"}
