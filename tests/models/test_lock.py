from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from segmentation.models import Segment
from segmentation.models.lock import locked

pytestmark = pytest.mark.django_db


def test_the_rows_are_those_of_the_queryset():
    two = [Segment.objects.create(slug=slug, name=slug, definition={}) for slug in ("one", "two")]

    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert list(locked(Segment.objects.filter(slug="two"))) == [two[1]]
    statement = next(query["sql"] for query in queries if query["sql"].startswith("SELECT"))
    assert statement.endswith(" FOR NO KEY UPDATE") is (connection.vendor == "postgresql")


@pytest.mark.parametrize("can", [True, False])
def test_mere_references_are_let_through_where_the_database_can(monkeypatch, can):
    monkeypatch.setattr(connection.features, "has_select_for_no_key_update", can)

    rows = locked(Segment.objects.all())
    assert (rows.query.select_for_update, rows.query.select_for_no_key_update) == (True, can)
