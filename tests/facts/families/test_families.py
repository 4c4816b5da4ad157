from __future__ import annotations

from collections import Counter

import pytest
from django.utils.functional import Promise

from segmentation.facts.custom import REGISTRY
from segmentation.facts.families import COLUMNS, FAMILIES
from segmentation.facts.family import Family
from segmentation.sources import canonical
from segmentation.sources.relation import Relation

CANONICAL = {
    f"{'customer' if relation.name == 'customers' else relation.name}.{name}": spec
    for relation in Relation.__subclasses__()
    if relation.__module__ == canonical.__name__
    for name, spec in relation.specs.items()
}
SPEND = {"spend.amount", "spend.at"}


def test_every_family_is_there_in_its_order():
    assert list(FAMILIES) == list(Family)
    assert [words.family for words in FAMILIES.values()] == list(Family)


@pytest.mark.parametrize("family", Family)
def test_a_family_says_what_belongs_to_it(family):
    assert str(FAMILIES[family].label)
    assert str(FAMILIES[family].help).endswith(".")


def test_every_canonical_column_has_words_and_no_other():
    assert COLUMNS.keys() == CANONICAL.keys() | SPEND


def test_a_column_belongs_to_one_family():
    counted = Counter(name for words in FAMILIES.values() for name in words.columns)

    assert [name for name, count in counted.items() if count > 1] == []


def test_every_family_but_what_models_write_and_the_shops_own_has_columns():
    assert [family for family, words in FAMILIES.items() if not words.columns] == [Family.PREDICTIVE, Family.OWN]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_has_a_label_and_what_can_be_asked_is_explained(name):
    _, words = COLUMNS[name]
    spec = CANONICAL.get(name)
    is_asked = spec is None or not (spec.personal or (spec.key and not spec.asked))

    assert str(words.label)
    assert str(words.help).endswith(".") is is_asked


def test_labels_are_translated_when_they_are_said():
    assert [name for name, (_, words) in COLUMNS.items() if not isinstance(words.label, Promise)] == []
    assert [family for family, words in FAMILIES.items() if not isinstance(words.label, Promise)] == []


def test_the_facts_that_are_worked_out():
    ours = {name: fact for name, fact in REGISTRY.items() if fact.computed.function.__module__.startswith("segmentation.")}

    assert {name: (fact.family, str(fact.label)) for name, fact in ours.items()} == {
        "customer.age": (Family.DEMOGRAPHIC, "age"),
        "customer.tenure_days": (Family.BEHAVIOURAL, "days since joining"),
    }
    assert all(str(fact.help).endswith(".") for fact in ours.values())
