from __future__ import annotations

import pytest
from django.db.models import F, Value

from segmentation.rules.values import Kind
from segmentation.sources import Column, Money


@pytest.mark.parametrize(
    ("value", "nature"),
    [
        ("pk", (True, False, False)),
        (F("pk"), (False, True, False)),
        (Value(1), (False, True, False)),
        (len, (False, False, True)),
        (None, (False, False, False)),
        (5, (False, False, False)),
    ],
)
def test_column_knows_what_it_was_given(value, nature):
    column = Column(value)

    assert (column.is_path, column.is_expression, column.is_callable) == nature


def test_options_are_by_name_only():
    with pytest.raises(TypeError):
        Column("pk", "text")


def test_money_is_a_column_of_money():
    assert Money("cents", scale=2).kind is Kind.MONEY
    assert Money("cents", scale=2).scale == 2
    assert isinstance(Money("cents"), Column)


def test_money_has_no_other_kind():
    with pytest.raises(TypeError):
        Money("cents", kind="number")
