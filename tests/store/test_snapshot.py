from __future__ import annotations

import pytest
from django.db import connection

from segmentation.store.snapshot import snapshot


@pytest.mark.django_db
def test_inside_a_transaction_of_somebody_else_nothing_is_asked_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0), snapshot("default"):
        pass


@pytest.mark.service
@pytest.mark.django_db(transaction=True)
def test_what_is_read_inside_is_of_one_moment():
    """Fails where the database is not PostgreSQL."""
    with snapshot("default"), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        level = cursor.fetchone()
        cursor.execute("SHOW transaction_read_only")
        assert (level, cursor.fetchone()) == (("repeatable read",), ("on",))
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)
