"""Another shop needs other settings: tests/contrib/test_oscar.py runs these tests in a process of their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

collect_ignore_glob = [] if settings.ROOT_URLCONF == "tests.contrib.oscar.urls" else ["*.py"]


@pytest.fixture
def countries(db: None) -> None:
    """Oscar ships to Britain and France."""
    from oscar.test.factories import CountryFactory

    CountryFactory(is_shipping_country=True)
    CountryFactory(iso_3166_1_a2="FR", printable_name="FRANCE", is_shipping_country=True)


@pytest.fixture
def lamp(db: None) -> Any:
    """Ten pounds, plenty in stock."""
    from oscar.test.factories import create_product

    return create_product(upc="L", title="Lamp", product_class="Things", price="10.00", num_in_stock=100)


@pytest.fixture
def alice(db: None) -> Any:
    """A customer who has bought nothing yet."""
    return get_user_model().objects.create_user("alice", "alice@shop.test", first_name="Alice")
