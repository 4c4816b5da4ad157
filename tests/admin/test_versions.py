from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from segmentation.admin.versions import versions_table
from segmentation.membership.define import define
from segmentation.models import Segment, SegmentVersion
from shopdemo.shop.models import User
from tests.admin.conftest import form_of, url


def test_the_page_lists_versions_newest_first(admin: Client, owner: User, people: None) -> None:
    segment = define("vip", "orders.count() >= 3", by=owner, now=timezone.now())
    admin.post(url("segment_change", segment.pk), form_of(segment, rule_text="orders.count() >= 4"))
    (versions,) = [table for table in admin.get(url("segment_change", segment.pk)).context["tables"] if table.name == "versions"]
    assert [(row[0], str(row[2]), row[3]) for row in versions.rows] == [
        (2, "owner@shop.test", '<div class="regulars-text">orders.count() &gt;= 4</div>'),
        (1, "owner@shop.test", '<div class="regulars-text">orders.count() &gt;= 3</div>'),
    ]


def test_more_versions_cost_no_more_queries(admin: Client, buyers: Segment) -> None:
    address = url("segment_change", buyers.pk)
    admin.get(address)  # Django remembers content types from now on
    with CaptureQueriesContext(connection) as few:
        admin.get(address)
    SegmentVersion.objects.bulk_create(
        SegmentVersion(segment=buyers, number=number, definition=buyers.definition, created_at=timezone.now())
        for number in range(2, 40)
    )
    with CaptureQueriesContext(connection) as many:
        tables = admin.get(address).context["tables"]
    assert [len(table.rows) for table in tables if table.name == "versions"] == [20]
    assert len(few) == len(many) <= 7


def test_a_version_of_nobody_that_cannot_be_read_is_shown_all_the_same(buyers: Segment) -> None:
    SegmentVersion.objects.create(segment=buyers, number=2, definition={"version": 9}, created_at=timezone.now())
    (latest, _) = versions_table(buyers).rows
    assert (latest[0], latest[2]) == (2, "-")
    assert "&quot;version&quot;: 9" in str(latest[3])
