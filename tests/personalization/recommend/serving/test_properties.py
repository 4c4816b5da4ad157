"""Whatever a shop has and an owner wants: no answer breaks a rule of the house, and none is shorter than it must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from personalization.recommend.keys import EVERYONE, country_key, person_key, product_key, query_key, segment_key, shelf_key
from personalization.recommend.listed import Listed, Lists, Part, packed, unpacked
from personalization.recommend.product import Product
from personalization.recommend.serving import merchandising, serve
from personalization.recommend.serving.house import RULES
from personalization.recommend.serving.merchandising import Rule
from personalization.recommend.serving.serve import Answer, recommend
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.registry import STRATEGIES, strategy_of
from tests.personalization.recommend.making import ALICE, NOW
from tests.personalization.recommend.serving.conftest import Shop

NAMES = [f"p{number}" for number in range(14)]
CATEGORIES, BRANDS = ["", "Lamps", "Bulbs"], ["", "Acme"]
SOME = st.lists(st.sampled_from(NAMES), max_size=4).map(tuple)
KEYS = [
    EVERYONE,
    person_key(ALICE),
    country_key("FR"),
    segment_key("vip"),
    query_key("lamp"),
    *(shelf_key(slug) for slug in ("new_arrivals", "on_sale", "price_drop", "back_in_stock")),
    *(product_key(name) for name in NAMES),
]


def some(random: Random, most: int = 4) -> tuple[str, ...]:
    """A few products, some of them twice."""
    return tuple(random.choices(NAMES, k=random.randint(0, most)))


def stocked(random: Random, name: str) -> Product:
    """A product in any condition."""
    return Product(
        name,
        name if random.random() < 0.9 else "",
        Decimal(random.choice([1, 5, 7, 7, 10])) if random.random() < 0.9 else None,
        category=random.choice(CATEGORIES),
        brand=random.choice(BRANDS),
        list_price=random.choice([None, Decimal(8)]),
        stock=random.choice([None, 0, 1, 2, 3, 5]),
        is_active=random.random() < 0.9,
        parent=random.choice(["", "", "", "p0", "p1", "family"]),
    )


def listings(random: Random) -> Lists:
    """A row with any lists."""
    return {
        part: [
            Listed(name, random.choice([random.uniform(-5, 5), 0.5]), random.choice(["", *NAMES]))
            for name in random.sample([*NAMES, "gone"], random.randint(0, 8))
        ]
        for part in Part
        if random.random() < 0.7
    }


def ruled(random: Random) -> Rule:
    """What an owner may want."""
    kind, values = random.choice([("product", [*NAMES, "gone"]), ("product", NAMES), ("category", CATEGORIES), ("brand", BRANDS)])
    return Rule(
        action=random.choice(["pin", "boost", "exclude"]),
        kind=kind,
        value=random.choice([*values, "Lamps"]),
        strategy=random.choice(["", "", "for_you"]),
        on_product=random.choice(["", "", "p3"]),
        position=random.randint(1, 10),
        factor=random.choice([0.5, 2.0, 100.0]),
        ends_at=random.choice([None, NOW, NOW + timedelta(days=1)]),
    )


def question(random: Random) -> Asked:
    """What a page may ask, with most of it at hand."""
    return Asked(
        now=NOW,
        person=random.choice(["", ALICE, ALICE]),
        segments=random.choice([frozenset(), frozenset({"vip"})]),
        viewed=some(random),
        country=random.choice(["", "FR"]),
        products=some(random, 2),
        basket=some(random),
        wishes=some(random),
        query=random.choice(["", "lamp"]),
        missing=random.choice([None, Decimal(0), Decimal(6)]),
        shown=frozenset(some(random)),
    )


@dataclass(frozen=True)
class Case:
    """A shop and a question."""

    slug: str
    lists: Mapping[str, Lists]
    stock: Mapping[str, Product]
    rules: list[Rule]
    asked: Asked
    settings: Mapping[str, Any]
    limit: int
    drawn: float


def case_of(seed: int) -> Case:
    """Any; made by a seed, since a case has some thousand choices."""
    random = Random(seed)
    return Case(
        random.choice(sorted(STRATEGIES)),
        {key: listings(random) for key in KEYS if random.random() < 0.7},
        {name: stocked(random, name) for name in NAMES if random.random() < 0.9},
        sorted((ruled(random) for _ in range(random.randint(0, 4))), key=lambda rule: rule.position),
        question(random),
        {
            "PRICE_FLOOR": random.choice([None, 5]),
            "CATEGORY_CAP": random.choice([None, 1, 2, 4]),
            "BRAND_CAP": random.choice([None, 1, 2, 4]),
            "RECOMMEND_EXPLORE": random.choice([0.0, 0.0, 0.5, 1.0]),
        },
        random.randint(1, 10),
        random.random(),
    )


def answered(case: Case, *, is_warm: bool = False, **said: Any) -> Answer:
    """The answer of the real thing."""
    shop = Shop()
    shop.is_warm = is_warm
    shop.lists, shop.stock = dict(case.lists), dict(case.stock)
    with pytest.MonkeyPatch.context() as patch, override_settings(PERSONALIZATION=case.settings):
        patch.setattr(serve, "read_lists", shop.read_lists)
        patch.setattr(serve, "shelf", shop)
        patch.setattr(merchandising.publisher, "current", lambda: tuple(case.rules))
        return recommend(case.slug, case.asked, limit=case.limit, draw=lambda: case.drawn, **said)


def families(case: Case, names: Any) -> set[str]:
    """The names and those of their parents."""
    return {*names} | {case.stock[name].parent or name for name in names if name in case.stock}


def wrong_alone(case: Case, name: str) -> list[str]:
    """What forbids a product whatever else stands there; written anew, from the words of the rules."""
    one = case.stock.get(name)
    if one is None:
        return ["unknown"]
    strategy, asked = strategy_of(case.slug), case.asked
    own = {one.id, one.parent or one.id}
    bought = {item.product for item in case.lists.get(person_key(asked.person), {}).get(Part.BOUGHT, ())}
    live = [
        rule
        for rule in case.rules
        if rule.strategy in ("", case.slug)
        and (rule.on_product == "" or rule.on_product in asked.products)
        and (rule.ends_at is None or rule.ends_at > NOW)
    ]
    excluded = {(rule.kind, rule.value) for rule in live if rule.action == "exclude"}
    floor = case.settings["PRICE_FLOOR"]
    found = {
        "untitled": not one.title,
        "inactive": not one.is_active,
        "sold out": one.stock is not None and one.stock <= 0,
        "bought": strategy.only_new and bool(own & bought),
        "in the basket": bool(own & families(case, asked.basket)),
        "its page": bool(own & families(case, asked.products)),
        "shown": bool(own & asked.shown),
        "excluded": bool(excluded & {("product", one.id), ("category", one.category), ("brand", one.brand)}),
        "too cheap": floor is not None and one.price is not None and one.price < floor,
    }
    return [reason for reason, is_so in found.items() if is_so]


def wrong_together(case: Case, names: list[str]) -> list[str]:
    """What forbids these beside each other."""
    those = [case.stock[name] for name in names]
    of = {
        "family": (Counter(one.parent or one.id for one in those), 1),
        "category": (Counter(one.category for one in those if one.category), case.settings["CATEGORY_CAP"]),
        "brand": (Counter(one.brand for one in those if one.brand), case.settings["BRAND_CAP"]),
    }
    capped = strategy_of(case.slug).is_capped
    return [
        f"{kind} {name}"
        for kind, (counted, most) in of.items()
        for name, count in counted.items()
        if most is not None and count > most and (capped or kind == "family")
    ]


CASES = given(case=st.integers(0, 2**32).map(case_of))
MANY = settings(max_examples=400, deadline=None)


@MANY
@CASES
def test_no_rule_is_ever_broken(case: Case) -> None:
    items = answered(case).items
    names = [item.id for item in items]
    assert len(items) <= case.limit
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    assert len(set(names)) == len(names)
    assert {name: wrong for name in names if (wrong := wrong_alone(case, name))} == {}
    assert wrong_together(case, names) == []
    assert all(item.reason and 0 < item.propensity <= 1 for item in items)


@MANY
@CASES
def test_no_list_is_shorter_than_it_must_be(case: Case) -> None:
    answer = answered(case)
    names = [item.id for item in answer.items]
    if len(names) == case.limit:
        return
    first = strategy_of(case.slug)
    for link in (first, *map(strategy_of, first.chain)):
        if not link.is_possible(case.asked):
            continue
        offered = [one for one in link.candidates(case.asked, case.lists) if one.product in case.stock]
        left = [one.product for one in link.arrange(case.asked, offered, case.stock) if one.product not in names]
        for name in left:
            assert wrong_alone(case, name) or wrong_together(case, [*names, name]), (link.slug, name)


@MANY
@CASES
def test_the_chain_comes_after_the_strategy_and_the_same_question_has_one_answer(case: Case) -> None:
    answer = answered(case, keeps_removed=True)
    order = [case.slug, *strategy_of(case.slug).chain]
    sources = [order.index(item.source) for item in answer.items if item.why != "pinned"]
    assert sources == sorted(sources)
    assert answered(case, keeps_removed=True) == answer
    assert answered(case, is_warm=True).items == answer.items
    assert not {one.product for one in answer.removed} & {item.id for item in answer.items}


@MANY
@CASES
def test_lists_as_they_are_kept_say_the_same(case: Case) -> None:
    kept = {key: unpacked(packed(lists)) for key, lists in case.lists.items()}
    assert answered(replace(case, lists=kept), keeps_removed=True) == answered(case, keeps_removed=True)


def sources(slug: str, seed: int) -> set[str]:
    """Where what a case shows came from, asked of this strategy."""
    return {item.source for item in answered(replace(case_of(seed), slug=slug)).items if item.why != "pinned"}


def test_the_cases_meet_every_rule() -> None:
    answers = [answered(case_of(seed), keeps_removed=True) for seed in range(200)]
    assert {one.rule for answer in answers for one in answer.removed} == set(RULES)


@pytest.mark.parametrize("slug", sorted(set(STRATEGIES) - {"pinned"}))
def test_the_cases_meet_every_strategy(slug: str) -> None:
    assert any(slug in sources(slug, seed) for seed in range(1000))
