from __future__ import annotations

import pytest

from segmentation.engine.shop import active_shop
from tests.statements import reading

pytestmark = pytest.mark.django_db


def names(api, query: str) -> list[str]:
    return [fact["name"] for fact in api.get(f"/api/facts/{query}").json()["results"]]


def test_all_of_them(api) -> None:
    data = api.get("/api/facts/").json()
    facts = {fact["name"]: fact for fact in data["results"]}
    assert list(facts) == [name for name, _fact in active_shop().catalogue]
    assert facts["orders.total"] == {
        "name": "orders.total",
        "relation": "orders",
        "label": "orders: total",
        "help": facts["orders.total"]["help"],
        "family": "value",
        "kind": "money",
        "unit": "GBP",
        "operators": ["=", "!=", "in", "<", "<=", ">", ">=", "between", "is_set", "is_not_set"],
        "measures": ["count_distinct", "sum", "avg", "min", "max", "share"],
        "current": False,
        "restricted": False,
        "has_choices": False,
    }
    country, birth, age = (facts[f"customer.{name}"] for name in ("country", "birth_date", "age"))
    assert (country["measures"], country["has_choices"], country["unit"], country["restricted"]) == ([], True, None, False)
    assert (birth["restricted"], birth["current"]) == (True, True)
    assert (age["kind"], age["has_choices"], age["restricted"]) == ("number", False, True)


def test_what_rules_are_made_of(api) -> None:
    data = api.get("/api/facts/?search=nothing+has+this").json()
    assert data["results"] == []
    orders = next(relation for relation in data["relations"] if relation["name"] == "orders")
    assert (orders["label"], orders["below"], "last" in orders["windows"]) == ("orders", {"lines": "order_lines"}, True)
    assert {"name": "not_in", "text": "not in", "value": "many", "negative": True} in data["operators"]
    assert next(one for one in data["measures"] if one["name"] == "share")["needs_where"] is True
    assert [family["name"] for family in data["families"]][:2] == ["demographic", "geographic"]


def test_some_of_them(api) -> None:
    assert "orders.total" in names(api, "?relation=orders")
    assert all(name.startswith("orders.") for name in names(api, "?relation=orders"))
    assert "customer.country" in names(api, "?family=geographic&relation=customer")
    assert "customer.birth_date" in names(api, "?search=BIRTH")
    assert names(api, "?relation=nowhere") == []
    assert api.get("/api/facts/?family=odd").json()["errors"][0]["parameter"] == "family"


def test_few_queries(api) -> None:
    with reading(3):  # the session, who it is, the scores
        api.get("/api/facts/")
