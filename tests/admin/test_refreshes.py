from __future__ import annotations

from django.test import Client
from django.utils import timezone

from segmentation.models import RefreshRun, Segment
from tests.admin.conftest import url


def run(**counts: dict[str, int]) -> RefreshRun:
    return RefreshRun.objects.create(at=timezone.now(), people=3, segments=1, **counts)


def test_refreshes_newest_first_with_what_they_could_not_use(admin: Client, db: None) -> None:
    first = run(ignored={"orders": 1200, "refunds": 34}, faults={"orders.total": 2})
    second = run()
    RefreshRun.objects.create(shop="other", at=timezone.now(), people=1, segments=1)
    response = admin.get(url("refreshrun_changelist"))
    page = response.context["cl"].model_admin
    rows = [(row, page.ignored_total(row), page.faults_total(row)) for row in response.context["cl"].result_list]
    assert rows == [(second, "0", "0"), (first, "1,234", "2")]


def test_one_refresh_by_relation_and_column(admin: Client, db: None) -> None:
    found = run(ignored={"refunds": 34, "orders": 1200, "products": 0}, faults={})
    page = admin.get(url("refreshrun_change", found.pk)).content.decode()
    assert "<div>orders: 1,200</div><div>refunds: 34</div>" in page
    assert "products" not in page.partition('id="refreshrun_form"')[2]


def test_a_real_refresh_is_there(admin: Client, buyers: Segment) -> None:
    (row,) = admin.get(url("refreshrun_changelist")).context["cl"].result_list
    assert (row.people, row.segments) == (3, 1)


def test_nobody_edits_them(admin: Client, db: None) -> None:
    found = run()
    assert admin.get(url("refreshrun_add")).status_code == 403
    assert admin.post(url("refreshrun_change", found.pk), {"people": 9}).status_code == 403
    assert admin.post(url("refreshrun_delete", found.pk), {"post": "yes"}).status_code == 403
