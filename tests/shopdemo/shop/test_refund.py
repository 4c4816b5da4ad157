from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError

from shopdemo.shop.models import Refund


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_a_refund_is_a_positive_amount(amount: str) -> None:
    with pytest.raises(IntegrityError):
        Refund.objects.create(number="C1", amount=Decimal(amount))
