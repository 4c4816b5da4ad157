from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from personalization.models import MerchandisingRule
from personalization.recommend.serving.merchandising import Rule, load, publisher, wanted
from tests.personalization.recommend.making import NOW, asked, product
from tests.statements import reading

PIN = Rule(action="pin", kind="product", value="a", position=3)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("limits", "holds"),
    [
        ({}, True),
        ({"strategy": "trending"}, True),
        ({"strategy": "for_you"}, False),
        ({"on_product": "p"}, True),
        ({"on_product": "q"}, False),
        ({"starts_at": NOW, "ends_at": LATER}, True),
        ({"starts_at": LATER}, False),
        ({"starts_at": BEFORE, "ends_at": NOW}, False),
    ],
)
def test_a_rule_holds_in_its_strategy_on_its_page_and_in_its_time(limits: dict[str, Any], holds: bool) -> None:
    rule = Rule(action="exclude", kind="brand", value="Acme", **limits)
    assert rule.holds("trending", asked(products=("o", "p"))) is holds
    assert bool(wanted("trending", asked(products=("o", "p")), (rule,)).exclusions) is holds


def test_of_two_pins_of_a_product_the_first_counts_and_pins_of_anything_else_say_nothing() -> None:
    others = [Rule(action="pin", kind=kind, value="Lamps") for kind in ("category", "brand")]
    second = Rule(action="pin", kind="product", value="a", position=5)
    last = Rule(action="pin", kind="product", value="b", position=5)
    assert list(wanted("trending", asked(), (*others, PIN, second, last)).pins.items()) == [("a", 3), ("b", 5)]


def test_a_value_counts_within_its_kind() -> None:
    lamp = product("1", category="Lamps", brand="Acme")
    for kind, value, found in [
        ("product", "1", True),
        ("category", "1", False),
        ("brand", "Lamps", False),
        ("brand", "Acme", True),
    ]:
        rules = wanted("trending", asked(), (Rule(action="exclude", kind=kind, value=value),))
        assert rules.excludes(lamp) is found
        boosts = wanted("trending", asked(), (Rule(action="boost", kind=kind, value=value, factor=4.0),))
        assert boosts.factor(lamp) == (4.0 if found else 1.0)


@pytest.mark.django_db
def test_active_rules_of_the_shop_are_read_in_one_query() -> None:
    fields = {"strategy": "trending", "on_product": "p", "starts_at": BEFORE, "ends_at": LATER}
    MerchandisingRule.objects.create(action="pin", value="late", position=9)
    MerchandisingRule.objects.create(action="boost", kind="brand", value="Acme", factor="2.50", **fields)
    MerchandisingRule.objects.create(action="exclude", value="off", is_active=False)
    MerchandisingRule.objects.create(action="exclude", value="elsewhere", shop="other")
    with reading(1):
        found = load("default")
    assert found == (
        Rule(action="boost", kind="brand", value="Acme", factor=2.5, **fields),
        Rule(action="pin", kind="product", value="late", position=9, factor=2.0),
    )


@pytest.mark.django_db
def test_what_is_written_holds_at_once(django_assert_num_queries: Any) -> None:
    assert publisher.current() == ()
    rule = MerchandisingRule.objects.create(action="exclude", value="a")
    assert [one.value for one in publisher.current()] == ["a"]
    with django_assert_num_queries(0):
        publisher.current()
    rule.delete()
    assert publisher.current() == ()
