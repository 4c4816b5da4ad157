from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from segmentation.errors import ConfigurationError
from segmentation.facts import Family, catalogue_of, computed_fact
from segmentation.facts.custom import REGISTRY
from segmentation.kernel.columns import MISSING, Numbers
from segmentation.membership import explain
from segmentation.rules.values import Kind
from segmentation.sources import Column, Money, ShopSource
from segmentation.testing import assert_in_segment, assert_not_in_segment, make_segment, refresh_now
from shopdemo.source import DemoSource
from tests.cast import NOW
from tests.sources.zoo.source import Zoo


@pytest.fixture(autouse=True)
def registry():
    """What a test registers is forgotten."""
    with patch.dict(REGISTRY):
        yield


def letters(columns, now, calendar):
    """How many letters the country's name has."""
    country = columns["customer.country"]
    lengths = np.array([*map(len, country.folded), MISSING], np.int64)
    return Numbers(lengths[country.codes])


def others(columns, now, calendar):
    """Another function."""
    return letters(columns, now, calendar)


LETTERS = {"kind": Kind.NUMBER, "inputs": ["customer.country"]}


def test_a_function_becomes_a_fact():
    computed_fact("customer.letters", **LETTERS, label="letters of the country", help="All of them.", family=Family.GEOGRAPHIC)(
        letters
    )

    catalogue = catalogue_of(Zoo(), "GBP")
    fact = catalogue.attributes["customer.letters"]
    assert (fact.kind, fact.scale, fact.label, fact.help) == (Kind.NUMBER, 0, "letters of the country", "All of them.")
    assert (fact.family, fact.current, fact.restricted) == (Family.GEOGRAPHIC, True, False)
    assert catalogue.computed["customer.letters"].function is letters
    assert catalogue.computed["customer.letters"].inputs == ("customer.country",)


def test_without_words_it_is_called_by_its_name_and_is_the_shops_own():
    computed_fact("customer.country_letters", **LETTERS)(letters)

    fact = catalogue_of(Zoo(), "GBP").attributes["customer.country_letters"]
    assert (fact.label, fact.help, fact.family) == ("country letters", "", Family.OWN)


def test_the_function_stays_as_it_is():
    assert computed_fact("customer.letters", **LETTERS)(letters) is letters


def test_what_is_made_of_restricted_facts_is_restricted():
    computed_fact("customer.sign", kind=Kind.TEXT, inputs=["customer.country", "customer.birth_date"])(letters)

    attributes = catalogue_of(Zoo(), "GBP").attributes
    assert attributes["customer.sign"].restricted
    assert attributes["customer.age"].restricted
    assert not attributes["customer.tenure_days"].restricted


def test_what_is_made_of_dated_facts_alone_is_dated():
    class Shop(ShopSource):
        customers = Zoo.customers.replace(country=Column("den__country", current=False))

    computed_fact("customer.letters", **LETTERS)(letters)

    assert not catalogue_of(Shop(), "GBP").attributes["customer.letters"].current


@pytest.mark.parametrize(("kind", "scale"), [(Kind.MONEY, 0), (Kind.NUMBER, 3)])
def test_money_has_the_decimals_of_the_base_currency(kind, scale):
    class Shop(ShopSource):
        customers = Zoo.customers.replace(credit=Money("name", scale=2))

    computed_fact("customer.letters", kind=kind, inputs=["customer.country"], scale=3)(letters)

    assert catalogue_of(Zoo(), "JPY").attributes["customer.letters"].scale == scale


def test_a_shop_without_the_inputs_has_no_such_fact():
    class Shop(ShopSource):
        customers = Zoo.customers.replace(country=None, birth_date=None)

    computed_fact("customer.letters", **LETTERS)(letters)
    catalogue = catalogue_of(Shop(), "GBP")

    assert catalogue.attributes.keys() == {"customer.joined_at", "customer.accepts_email", "customer.tenure_days"}
    assert catalogue.computed.keys() == {"customer.tenure_days"}


@pytest.mark.parametrize("inputs", [["customer.email"], ["customer.age"]], ids=["personal", "computed"])
def test_inputs_are_facts_of_the_source(inputs):
    computed_fact("customer.letters", kind=Kind.NUMBER, inputs=inputs)(letters)

    assert "customer.letters" not in catalogue_of(Zoo(), "GBP").attributes


def test_a_column_of_the_shop_goes_before_what_we_work_out():
    class Shop(ShopSource):
        customers = Zoo.customers.replace(age=Column("den__number", label="rank"))

    catalogue = catalogue_of(Shop(), "GBP")

    assert catalogue.attributes["customer.age"].kind is Kind.TEXT
    assert catalogue.attributes["customer.age"].label == "rank"
    assert "customer.age" not in catalogue.computed


@pytest.mark.parametrize("name", ["letters", "orders.letters", "customer.", "customer.Letters", "customer.two words", ""])
def test_a_name_that_no_rule_can_write_is_refused(name):
    with pytest.raises(ConfigurationError, match="cannot name a fact of the customer"):
        computed_fact(name, **LETTERS)
    assert name not in REGISTRY


@pytest.mark.parametrize("inputs", [[], ["orders.total"], ["customer.country", "birth_date"]])
def test_inputs_that_no_customer_has_are_refused(inputs):
    with pytest.raises(ConfigurationError, match=r"customer\.letters must be worked out from facts of the customer"):
        computed_fact("customer.letters", kind=Kind.NUMBER, inputs=inputs)


def test_two_functions_cannot_have_one_name():
    computed_fact("customer.letters", **LETTERS)(letters)

    with pytest.raises(ConfigurationError, match=r"the fact customer\.letters is registered twice"):
        computed_fact("customer.letters", **LETTERS)(others)
    assert REGISTRY["customer.letters"].computed.function is letters


def test_a_module_that_is_loaded_anew_registers_the_same_function():
    computed_fact("customer.letters", **LETTERS, label="old")(letters)
    computed_fact("customer.letters", **LETTERS, label="new")(letters)

    assert REGISTRY["customer.letters"].label == "new"


class Shop(DemoSource):
    """The demo's, so that rules can be asked of it."""


@pytest.mark.django_db
def test_a_rule_asks_for_it_like_for_any_other(use_source, alice, bob, carol):
    computed_fact("customer.letters", **LETTERS, label="letters of the country")(letters)
    use_source(Shop)
    alice.country, bob.country, carol.country = "FR", "G", ""
    for person in (alice, bob, carol):
        person.save()

    make_segment("wordy", "customer.letters >= 2")
    make_segment("terse", "not (customer.letters >= 2)")
    refresh_now(now=NOW)

    assert_in_segment(alice, "wordy")
    assert_not_in_segment(bob, "wordy")
    assert_in_segment(bob, "terse")
    assert_not_in_segment(carol, "wordy")
    assert_not_in_segment(carol, "terse")
    (leaf,) = explain("wordy", alice.email, now=NOW).leaves
    assert (leaf.sentence, leaf.truth, leaf.value) == ("letters of the country is at least 2", "true", "2")


@pytest.mark.django_db
def test_age_can_be_asked(alice, bob):
    alice.birth_date, bob.birth_date = "1990-06-02", "2010-01-01"
    alice.save()
    bob.save()

    make_segment("grown-up", "customer.age >= 18")
    refresh_now(now=NOW)

    assert_in_segment(alice, "grown-up")
    assert_not_in_segment(bob, "grown-up")
