from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from segmentation.admin.vocabulary import KINDS, facts_table
from segmentation.engine.shop import active_shop
from segmentation.facts import FAMILIES, Fact
from segmentation.facts.meaning import meaning
from segmentation.rules.values import Kind
from tests.admin.conftest import url


def rows(may_see_restricted: bool = True) -> dict[str, tuple[str, ...]]:
    """Fact -> the other cells of its row, as plain text."""
    table = facts_table(may_see_restricted)
    return {str(row[0]).removeprefix("<code>").removesuffix("</code>"): tuple(map(str, row[1:])) for row in table.rows}


def values_link(name: str) -> str:
    return f'<a href="{url("segment_choices", name)}">Values</a>'


def test_the_page_lists_the_facts_of_the_shop(admin: Client, people: None) -> None:
    (facts,) = admin.get(url("segment_add")).context["tables"]
    names = [str(row[0]) for row in facts.rows]
    assert "<code>customer.country</code>" in names
    assert "<code>order_lines.product.category</code>" in names
    assert "<code>customer.email</code>" not in names


def test_what_is_said_of_a_fact(db: None) -> None:
    found = rows()
    assert found["customer.country"] == (
        "country<br><small>Where the customer lives.</small>",
        "Geographic",
        "text, today's value",
        '<div class="regulars-text">=, !=, in, not in, contains, not contains, starts with, ends with, is set, is not set</div>',
        values_link("customer.country"),
    )
    meant, family, kind, operators, values = found["order_lines.product.stock"]
    assert meant == "order lines: product stock<br><small>How many pieces the shop has.</small>"
    assert (family, kind, values) == ("Needs", "number, today's value", "-")
    assert operators == '<div class="regulars-text">=, !=, in, &lt;, &lt;=, &gt;, &gt;=, between, is set, is not set</div>'
    assert found["orders.total"][2] == "money"
    assert found["customer.age"][2] == "number, today's value, restricted"


def test_facts_stand_by_family_in_the_order_of_the_source(db: None) -> None:
    table = facts_table(True)
    families = [str(row[2]) for row in table.rows]
    order = [str(words.label) for words in FAMILIES.values()]
    assert families == sorted(families, key=order.index)
    assert {str(row[0]) for row in table.rows} == {f"<code>{name}</code>" for name, _ in active_shop().catalogue}
    demographic = [str(row[0]) for row in table.rows if str(row[2]) == "Demographic"]
    customers = [f"<code>customer.{name}</code>" for name in ("birth_date", "gender", "language", "age")]
    assert demographic == [*customers, "<code>events.language</code>"]


@pytest.mark.parametrize(("may_see", "gender", "country"), [(True, "Values", "Values"), (False, "restricted", "Values")])
def test_values_that_may_not_be_seen_are_not_linked(db: None, may_see: bool, gender: str, country: str) -> None:
    found = rows(may_see)
    assert gender in found["customer.gender"][-1]
    assert country in found["customer.country"][-1]
    assert found["customer.birth_date"][-1] == found["customer.age"][-1] == "-"


@pytest.mark.parametrize(("rights", "shown"), [((), "restricted"), (("view_restricted",), values_link)])
def test_the_form_asks_who_is_reading(
    staff: Callable[..., Client], people: None, rights: tuple[str, ...], shown: str | Callable[[str], str]
) -> None:
    browser = staff("view_segment", "add_segment", "change_segment", *rights)
    (facts,) = browser.get(url("segment_add")).context["tables"]
    cells = {str(row[0]): str(row[-1]) for row in facts.rows}
    assert cells["<code>customer.city</code>"] == (shown if isinstance(shown, str) else shown("customer.city"))


def test_the_form_counts_no_values(admin: Client, people: None, django_assert_max_num_queries: Any) -> None:
    admin.get(url("segment_add"))
    with django_assert_max_num_queries(5) as queries:
        admin.get(url("segment_add"))
    assert [query["sql"] for query in queries if "GROUP BY" in query["sql"]] == []


def test_every_kind_is_named() -> None:
    assert KINDS.keys() == set(Kind)


def test_a_fact_of_rows_says_whose() -> None:
    assert meaning("customer.age", Fact("customer.age", Kind.NUMBER, label="age")) == "age"
    assert meaning("spend.amount", Fact("amount", Kind.MONEY, label="amount")) == "orders less refunds: amount"


def test_where_the_shop_cannot_be_had_there_are_none(db: None) -> None:
    with override_settings(SEGMENTATION={**settings.SEGMENTATION, "SOURCE": "nowhere.Source"}):
        assert facts_table(True).rows == []
