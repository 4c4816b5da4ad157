from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from segmentation.models.imported import (
    Imported,
    ImportedCart,
    ImportedCartLine,
    ImportedCustomer,
    ImportedLine,
    ImportedOrder,
    ImportedOrderLine,
    ImportedProduct,
    ImportedRefund,
    ImportedWishlistItem,
)
from segmentation.sources import folded
from tests.cast import NOW

KEYS = {
    ImportedCustomer: {"customer_id": "7"},
    ImportedOrder: {"order_id": "1001", "placed_at": NOW, "total": 1},
    ImportedProduct: {"product_id": "LAMP", "title": "Lamp"},
    ImportedRefund: {"refund_id": "R1", "amount": 1, "at": NOW},
    ImportedCart: {"cart_id": "C1", "updated_at": NOW},
    ImportedWishlistItem: {"customer": "7", "product_id": "LAMP"},
}
ROWS = [model for model in apps.get_app_config("regulars_segmentation").get_models() if issubclass(model, Imported)]


def test_these_are_all():
    assert set(ROWS) == set(KEYS)


@pytest.mark.django_db
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_a_key_is_once_in_a_shop(model):
    model.objects.create(**KEYS[model])

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**KEYS[model])
    assert model.objects.create(**KEYS[model], shop="second").extra == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "text"),
    [
        (ImportedCustomer, "7"),
        (ImportedOrder, "1001"),
        (ImportedProduct, "Lamp"),
        (ImportedRefund, "R1"),
        (ImportedCart, "C1"),
        (ImportedWishlistItem, "7: LAMP"),
    ],
)
def test_rows_are_called_by_their_key(model, text):
    assert str(model.objects.create(**KEYS[model])) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("above", "line", "parent"), [(ImportedOrder, ImportedOrderLine, "order"), (ImportedCart, ImportedCartLine, "cart")]
)
def test_a_line_has_its_place_and_goes_with_its_row(above, line, parent):
    row = above.objects.create(**KEYS[above])
    given = {parent: row, "position": 0, "product_id": "LAMP", "quantity": 2, "line_total": 3}
    assert str(line.objects.create(**given)) == "2 x LAMP"

    with pytest.raises(IntegrityError), transaction.atomic():
        line.objects.create(**given)
    row.delete()
    assert not line.objects.exists()


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_rows_with_an_email_are_found_by_it_in_one_spelling(model):
    has_email = any(field.name == "email" for field in model._meta.fields)
    expressions = [expression for index in model._meta.indexes for expression in index.expressions]

    assert expressions == ([folded("email")] if has_email else [])


def test_lines_are_no_rows_of_their_own():
    assert not any(issubclass(model, ImportedLine) for model in ROWS)
