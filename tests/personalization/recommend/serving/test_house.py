from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from personalization.recommend.product import Product
from personalization.recommend.serving.house import RULES
from personalization.recommend.serving.merchandising import Rule
from personalization.recommend.strategies.registry import STRATEGIES
from tests.personalization.recommend.making import ALICE, of_alice, of_everyone, of_product, product, products
from tests.personalization.recommend.serving.conftest import Shop


def broken(shop: Shop, name: str, slug: str = "best_sellers", **said: Any) -> str:
    """Code of the rule that keeps a best seller out; "" where it is recommended."""
    shop.lists |= of_everyone(best=[name])
    answer = shop.answer(slug, keeps_removed=True, **said)
    codes = {one.product: one.rule for one in answer.removed}
    assert (name in codes) != (name in [item.id for item in answer.items])
    return codes.get(name, "")


def test_the_rules_are_asked_in_this_order() -> None:
    assert list(RULES) == [
        "gone", "inactive", "sold_out", "bought", "in_basket", "on_its_page", "shown", "excluded", "too_cheap", "variant",
        "category_cap", "brand_cap",
    ]  # fmt: skip
    assert all(str(rule.label) for rule in RULES.values())


@pytest.mark.parametrize(
    ("a", "code"),
    [
        (product("a"), ""),
        (None, "gone"),
        (product("a", title=""), "gone"),
        (product("a", is_active=False, stock=0), "inactive"),
        (product("a", stock=0), "sold_out"),
        (product("a", stock=-1), "sold_out"),
        (product("a", stock=None), ""),
    ],
)
def test_what_cannot_be_had_is_not_recommended(shop: Shop, a: Product | None, code: str) -> None:
    shop.stock = {"a": a} if a else {}
    assert broken(shop, "a") == code


def test_a_strategy_may_show_what_is_sold_out_but_not_what_is_not_for_sale(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(STRATEGIES["best_sellers"]), "may_be_unavailable", True)
    shop.stock = {"a": product("a", stock=0), "b": product("b", is_active=False)}
    assert broken(shop, "a") == ""
    assert broken(shop, "b") == "inactive"


@pytest.mark.parametrize(("slug", "code"), [("discover", "bought"), ("because_you_bought", "bought"), ("for_you", "")])
def test_what_was_bought_is_not_new(shop: Shop, slug: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.lists = of_alice(bought=["a", "parent"])
    shop.stock = products("a", "b") | {"v": product("v", parent="parent")}
    monkeypatch.setattr(type(STRATEGIES[slug]), "chain", ("best_sellers",))
    assert broken(shop, "a", slug, person=ALICE) == code
    assert broken(shop, "v", slug, person=ALICE) == code
    assert broken(shop, "b", slug, person=ALICE) == ""
    assert broken(shop, "a", slug, person="user:18") == ""


@pytest.mark.parametrize(("said", "code"), [("basket", "in_basket"), ("products", "on_its_page"), ("shown", "shown")])
def test_what_is_there_already_is_not_recommended_nor_are_its_variants(shop: Shop, said: str, code: str) -> None:
    shop.stock = products("a", "b", "parent") | {
        "red": product("red", parent="parent"),
        "blue": product("blue", parent="parent"),
    }
    kind: Any = frozenset if said == "shown" else tuple
    assert broken(shop, "a", **{said: kind(["a"])}) == code
    assert broken(shop, "b", **{said: kind(["a"])}) == ""
    assert broken(shop, "red", **{said: kind(["parent"])}) == code
    if said != "shown":  # there it is the page that says which variants stand there
        assert broken(shop, "red", **{said: kind(["blue"])}) == code
        assert broken(shop, "parent", **{said: kind(["blue"])}) == code


def test_what_is_in_the_cart_counts_though_the_shop_has_it_no_more(shop: Shop) -> None:
    shop.stock = {"v": product("v", parent="gone")}
    assert broken(shop, "v", basket=("gone",)) == "in_basket"


@pytest.mark.parametrize("rule", [("product", "a"), ("category", "Lamps"), ("brand", "Acme")])
def test_what_the_owner_excludes_is_not_recommended(shop: Shop, rule: tuple[str, str]) -> None:
    shop.rules = [Rule(action="exclude", kind=rule[0], value=rule[1])]
    shop.stock = {"a": product("a", category="Lamps", brand="Acme"), "b": product("b", category="a", brand="Lamps")}
    assert broken(shop, "a") == "excluded"
    assert broken(shop, "b") == ""


@pytest.mark.parametrize(("price", "code"), [("4.99", "too_cheap"), ("5.00", ""), (None, "")])
def test_nothing_is_cheaper_than_the_floor(shop: Shop, personalize: Any, price: str | None, code: str) -> None:
    personalize(PRICE_FLOOR=5)
    shop.stock = {"a": product("a", price=price and Decimal(price))}
    assert broken(shop, "a") == code


def test_of_variants_one_stands_there(shop: Shop) -> None:
    shop.lists = of_everyone(best=["red", "blue", "parent", "a"])
    shop.stock = {
        "red": product("red", parent="parent"),
        "blue": product("blue", parent="parent"),
        "parent": product("parent"),
        "a": product("a"),
    }
    answer = shop.answer("best_sellers", keeps_removed=True)
    assert [item.id for item in answer.items] == ["red", "a"]
    assert [(one.product, one.rule) for one in answer.removed] == [("blue", "variant"), ("parent", "variant")]


@pytest.mark.parametrize(
    ("setting", "field", "code"), [("CATEGORY_CAP", "category", "category_cap"), ("BRAND_CAP", "brand", "brand_cap")]
)
def test_there_are_only_so_many_of_a_kind(shop: Shop, personalize: Any, setting: str, field: str, code: str) -> None:
    personalize(**{setting: 2})
    shop.lists = of_everyone(best=["a", "b", "c", "d", "e"], trending=["f"])
    shop.stock = products("a", "b", "c", "f", **{field: "Lamps"}) | products("d", **{field: "Bulbs"}) | products("e")
    answer = shop.answer("best_sellers", keeps_removed=True)
    assert [item.id for item in answer.items] == ["a", "b", "d", "e"]
    assert [(one.product, one.source, one.rule) for one in answer.removed] == [
        ("c", "best_sellers", code),
        ("f", "trending", code),
    ]


def test_what_the_shop_says_no_kind_of_is_of_no_kind(shop: Shop, personalize: Any) -> None:
    personalize(CATEGORY_CAP=1, BRAND_CAP=1)
    shop.lists, shop.stock = of_everyone(best=["a", "b"]), products("a", "b")
    assert shop.names("best_sellers") == ["a", "b"]


def test_products_that_are_alike_by_nature_are_not_counted(shop: Shop, personalize: Any) -> None:
    personalize(CATEGORY_CAP=1)
    shop.lists = of_product("p", similar=["a", "b"], together=["a", "b"])
    shop.stock = products("a", "b", category="Lamps")
    assert shop.names("similar", products=("p",)) == ["a", "b"]
    assert shop.names("bought_together", products=("p",)) == ["a"]
