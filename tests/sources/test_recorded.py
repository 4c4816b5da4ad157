from __future__ import annotations

from decimal import Decimal

import pytest

from segmentation.activity import Context, record
from segmentation.models import Activity
from segmentation.sources import Events, ShopSource, recorded
from segmentation.sources.recorded import recorded_activity
from tests.cast import NOW

EVENTS = recorded_activity()


def test_every_canonical_column_is_mapped():
    assert list(EVENTS.columns) == list(Events.specs)
    assert EVENTS.problems() == []
    assert EVENTS.transactional is False
    assert EVENTS.columns["query"].personal


@pytest.mark.django_db
def test_rows_are_those_of_this_shop(configure):
    row = record("view", now=NOW, visitor="v1", product_id="LAMP", value="1.5", context=Context(hour=9, device="phone"))
    configure(SHOP="second")
    record("search", now=NOW, visitor="v2")
    configure(SHOP="default")

    (chunk,) = EVENTS.read(["pk", "kind", "at", "visitor", "product_id", "value", "hour", "device"])
    assert chunk == [(row.pk, "view", NOW, "v1", "LAMP", Decimal("1.5000"), 9, "phone")]


@pytest.mark.django_db
def test_where_the_shops_database_has_no_tables_of_ours_they_are_read_from_our_own(monkeypatch):
    """The shop's is called "legacy", and there is none of that name: reading from it would fail."""
    row = record("view", now=NOW, visitor="v1")
    monkeypatch.setattr(recorded.router, "allow_migrate_model", lambda alias, model: (alias, model) != ("legacy", Activity))

    assert list(EVENTS.read(["visitor"], using="legacy", where={"pk": [row.pk]})) == [[("v1",)]]
    assert list(EVENTS.unfiltered(["visitor"], "legacy").read(["visitor"], using="legacy")) == [[("v1",)]]
    assert list(EVENTS.read(["visitor"], using="default")) == [[("v1",)]]


def test_a_source_of_its_own_events_is_not_ours():
    assert isinstance(ShopSource.activity, Events)
    assert ShopSource.relations == {}
