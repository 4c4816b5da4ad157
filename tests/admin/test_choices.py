from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from segmentation.admin import choices as page
from segmentation.errors import SourceError
from segmentation.store import choices as store
from shopdemo.shop.models import User
from tests.admin.conftest import url


def values(response: Any) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in response.context["table"].rows]


@pytest.fixture
def countries(db: None) -> None:
    """Three in France, one in a country with an accent, one nowhere."""
    for number, country in enumerate(["FR", "FR", "FR", "CÔ", ""]):
        User.objects.create_user(f"u{number}@shop.test", country=country, city=country)


def test_the_values_of_a_fact_and_how_often(admin: Client, countries: None) -> None:
    response = admin.get(url("segment_choices", "customer.country"))
    assert values(response) == [("FR", "3"), ("CÔ", "1")]
    text = response.content.decode()
    assert "Values of customer.country" in text
    assert '<p class="help">country</p>' in text


def test_a_search(admin: Client, countries: None) -> None:
    response = admin.get(url("segment_choices", "customer.country"), {"q": "co"})
    assert values(response) == [("CÔ", "1")]
    assert 'value="co"' in response.content.decode()
    assert "No values." in admin.get(url("segment_choices", "customer.country"), {"q": "zz"}).content.decode()


def test_what_was_typed_is_escaped(admin: Client, countries: None) -> None:
    User.objects.update(country="<~")
    text = admin.get(url("segment_choices", "customer.country"), {"q": '"><b>'}).content.decode()
    assert "<~" not in text
    assert "<b>" not in text
    assert 'value="&quot;&gt;&lt;b&gt;"' in text


def test_a_fact_of_the_row_above(admin: Client, people: None) -> None:
    response = admin.get(url("segment_choices", "order_lines.order.status"))
    assert values(response) == [("placed", "5")]
    assert "order lines: order status" in response.content.decode()


def test_yes_and_no_are_not_counted(admin: Client, db: None) -> None:
    assert values(admin.get(url("segment_choices", "customer.accepts_email"))) == [("true", "-"), ("false", "-")]


@pytest.mark.parametrize("name", ["customer.email", "customer.shoe_size", "orders", "nonsense"])
def test_what_is_no_fact_has_no_page(admin: Client, db: None, name: str) -> None:
    assert admin.get(url("segment_choices", name)).status_code == 404


def test_a_long_list_says_that_it_is_cut(admin: Client, countries: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "LIMIT", 1)
    response = admin.get(url("segment_choices", "customer.country"))
    assert values(response) == [("FR", "3")]
    assert response.context["table"].note == "The 1 most frequent; search for others."


def test_a_part_of_the_data_says_so(admin: Client, countries: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_VALUES", 1)
    told = "Not all of the shop's data was looked at: rare values may be missing."
    assert admin.get(url("segment_choices", "customer.country")).context["table"].note == told
    missed = admin.get(url("segment_choices", "customer.country"), {"q": "co"}).context["table"]
    assert (missed.rows, missed.empty) == ([], f"No values. {told}")


def test_a_shop_that_fails_is_told(admin: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise SourceError("orders went away")

    monkeypatch.setattr(page, "choices", fail)
    assert "The shop cannot be asked: orders went away" in admin.get(url("segment_choices", "customer.country")).content.decode()
    with override_settings(SEGMENTATION={**settings.SEGMENTATION, "SOURCE": "nowhere.Source"}):
        assert "The shop cannot be asked" in admin.get(url("segment_choices", "customer.country")).content.decode()


@pytest.mark.parametrize(
    ("rights", "name", "status"),
    [
        (("change_segment",), "customer.country", 200),
        (("change_segment",), "customer.city", 403),
        (("change_segment", "view_restricted"), "customer.city", 200),
        (("view_segment", "view_restricted"), "customer.country", 403),
    ],
)
def test_who_may_look(staff: Callable[..., Client], countries: None, rights: tuple[str, ...], name: str, status: int) -> None:
    assert staff(*rights).get(url("segment_choices", name)).status_code == status


def test_strangers_are_asked_who_they_are(client: Client, db: None) -> None:
    assert client.get(url("segment_choices", "customer.country"))["Location"].startswith("/admin/login/")


def test_the_page_takes_one_query_of_the_shop(admin: Client, countries: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3) as queries:  # the session, the reader, the values
        admin.get(url("segment_choices", "customer.country"))
    assert "GROUP BY" in queries[2]["sql"]
