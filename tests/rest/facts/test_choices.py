from __future__ import annotations

import pytest

from segmentation.rules.values import Kind
from segmentation.sources import Column
from shopdemo.source import DemoSource
from tests.statements import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


class Torn(DemoSource):
    customers = DemoSource.customers.replace(country=Column(lambda customer: {}["secret"], kind=Kind.TEXT))


def choices(api, name: str, query: str = "") -> list[tuple[str, int | None]]:
    return [(one["value"], one["count"]) for one in api.get(f"/api/facts/{name}/choices/{query}").json()["results"]]


def test_the_most_frequent_first(api) -> None:
    assert choices(api, "customer.country") == [("FR", 1), ("GB", 1)]
    assert choices(api, "customer.country", "?search=g") == [("GB", 1)]
    assert choices(api, "customer.accepts_email") == [("true", None), ("false", None)]
    assert choices(api, "orders.total") == []
    assert api.get("/api/facts/customer.country/choices/").json()["is_partial"] is False


def test_restricted_values_need_a_right_of_their_own(clerk, logged_in) -> None:
    client = logged_in(clerk("regulars_segmentation.change_segment"))
    assert client.get("/api/facts/customer.country/choices/").status_code == 200
    assert client.get("/api/facts/customer.city/choices/").status_code == 403


def test_there_is_no_such_fact(api) -> None:
    assert api.get("/api/facts/customer.shoe/choices/").status_code == 404


def test_a_shop_that_cannot_be_read(api, use_source) -> None:
    use_source(Torn)
    response = api.get("/api/facts/customer.country/choices/")
    assert (response.status_code, response.json()["type"]) == (503, "urn:regulars:problem:source")
    assert b"secret" not in response.content


def test_few_queries(api) -> None:
    with reading(3):  # the session, who it is, the values
        choices(api, "customer.country")
