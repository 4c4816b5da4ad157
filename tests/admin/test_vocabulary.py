from __future__ import annotations

from django.conf import settings
from django.test import Client, override_settings

from segmentation.admin.vocabulary import facts_table
from tests.admin.conftest import url


def test_the_page_lists_the_facts_of_the_shop(admin: Client, people: None) -> None:
    (facts,) = admin.get(url("segment_add")).context["tables"]
    found = {str(row[0]): row[1] for row in facts.rows}
    assert found["<code>customer.country</code>"] == "text"
    assert found["<code>spend.amount</code>"] == "money"
    assert "<code>customer.email</code>" not in found


def test_a_fact_has_the_operators_of_its_kind_as_they_are_written(db: None) -> None:
    found = {str(row[0]): str(row[2]) for row in facts_table().rows}
    assert found["<code>customer.accepts_email</code>"] == '<div class="regulars-text">is, is set, is not set</div>'
    assert "&lt;=, &gt;, &gt;=, between" in found["<code>orders.total</code>"]


def test_where_the_shop_cannot_be_had_there_are_none(db: None) -> None:
    with override_settings(SEGMENTATION={**settings.SEGMENTATION, "SOURCE": "nowhere.Source"}):
        assert facts_table().rows == []
