from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from segmentation import membership
from segmentation.admin.previewing import PreviewBox
from segmentation.errors import SourceError
from segmentation.models import Segment, SegmentVersion
from segmentation.testing import refresh_now
from shopdemo.shop.models import User
from tests.admin.conftest import form_of, url


def preview(admin: Client, segment: Segment | None = None, **changes: str) -> Any:
    address = url("segment_change", segment.pk) if segment else url("segment_add")
    return admin.post(address, form_of(segment, _preview="Preview", **changes))


def test_a_preview_counts_and_saves_nothing(admin: Client, loyal: Segment) -> None:
    response = preview(admin, loyal, name="Changed", rule_text="orders.count() >= 1")
    assert response.status_code == 200
    assert response.context["preview"] == PreviewBox(
        "3 people are in",
        "100.0%",
        "Customers who match: at least 1 order.",
        (
            "Fewer than 20 people are in: too narrow for a campaign, and it may single people out.",
            "Everybody is in this segment.",
        ),
    )
    assert 'value="Changed"' in response.content.decode()
    assert "Please correct" not in response.content.decode()
    loyal.refresh_from_db()
    assert (loyal.name, loyal.version, loyal.size) == ("Loyal", 1, 1)
    assert SegmentVersion.objects.count() == 1


def test_a_preview_needs_no_name(admin: Client, people: None) -> None:
    refresh_now()
    response = preview(admin, rule_text="orders.count() >= 3")
    assert response.context["preview"].count == "1 person is in"
    assert response.context["preview"].share == "33.3%"
    assert not response.context["errors"]
    assert not Segment.objects.exists()


def test_a_mistake_stands_beside_the_rule(admin: Client, people: None) -> None:
    response = preview(admin, rule_text="orders.count( >= 3")
    assert response.context["preview"] is None
    assert list(response.context["adminform"].form.errors) == ["rule_text"]


def test_a_shop_that_fails_is_told(admin: Client, loyal: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise SourceError("orders went away")

    monkeypatch.setattr(membership, "preview", fail)
    assert preview(admin, loyal).context["preview"] == PreviewBox(failure="The shop cannot be asked: orders went away")


def test_nothing_is_previewed_where_nobody_asked(admin: Client, loyal: Segment) -> None:
    assert admin.get(url("segment_change", loyal.pk)).context["preview"] is None
    assert admin.post(url("segment_change", loyal.pk), form_of(loyal, name="")).context["preview"] is None


@pytest.mark.parametrize(("rights", "told"), [((), " of customer.city"), (("view_restricted",), ': customer.city is "Leeds"')])
def test_values_that_stand_in_no_row_are_told(staff: Any, people: None, rights: tuple[str, ...], told: str) -> None:
    User.objects.filter(email="alice@shop.test").update(city="Leeds")
    refresh_now()
    seen = preview(staff("view_segment", "add_segment", *rights), rule_text='customer.city = "York"').context["preview"]
    assert seen.warnings[-1] == f'In “customer.city = "York"” (/rules/0): "York" stands in no row{told}'
