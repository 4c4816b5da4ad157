from __future__ import annotations

from typing import Any

import pytest

from segmentation.models import Segment
from tests.rest.segments.conftest import RULE, TEXT, faults, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def with_rules(*rules: Any) -> dict[str, Any]:
    return {**RULE, "rules": list(rules)}


def test_everything_that_is_wrong_is_told_at_once(api) -> None:
    definition = with_rules(
        {"kind": "attribute", "field": "customer.shoe", "operator": "=", "value": "44"},
        {"kind": "attribute", "field": "customer.country", "operator": ">", "value": "FR"},
    )
    response = api.post("/api/segments/", {"slug": "a b", "name": "n" * 121, "size": 3, "definition": definition})

    assert said(response) == (400, "invalid", "Something in it cannot be.")
    assert [(fault["pointer"], fault["code"]) for fault in faults(response)] == [
        ("/slug", "invalid"),
        ("/name", "max-length"),
        ("/size", "unknown"),
        ("/definition/rules/0/field", "rule"),
        ("/definition/rules/1/operator", "rule"),
    ]
    assert not Segment.objects.exists()


def test_a_value_that_does_not_fit(api) -> None:
    rule = {"kind": "attribute", "field": "customer.birth_date", "operator": "before", "value": "yesterday"}
    response = api.post("/api/segments/", {"slug": "a", "definition": with_rules(rule)})
    assert said(response)[:2] == (400, "invalid-rule")
    assert [fault["pointer"] for fault in faults(response)] == ["/definition/rules/0/value"]


def test_a_text_is_told_by_line_and_column(api) -> None:
    response = api.post("/api/segments/", {"slug": "a", "text": "orders.count() >= 3\nand orders.count( >= 1"})
    (fault,) = faults(response)
    assert (fault["pointer"], fault["line"], fault["column"]) == ("/text", 2, 19)
    assert fault["detail"].startswith("line 2, column 19: '>=' is not expected here")


def test_a_text_that_cannot_be_asked_is_told_by_its_place_in_the_rule(api) -> None:
    response = api.post("/api/segments/", {"slug": "a", "text": 'customer.shoe = "44" and customer.country > "FR"'})
    assert [(fault["pointer"], fault["path"]) for fault in faults(response)] == [
        ("/text", "/rules/0/field"),
        ("/text", "/rules/1/operator"),
    ]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, [("", "required")]),
        ({"text": TEXT, "definition": RULE}, [("/definition", "ambiguous")]),
        ({"text": 3}, [("/text", "type")]),
        ({"text": ""}, [("/text", "blank")]),
        ({"text": None}, [("/text", "null")]),
        ({"definition": None}, [("/definition", "null")]),
        ({"definition": [1]}, [("/definition", "rule")]),
        ({"definition": {**RULE, "rules": []}}, [("/definition", "rule")]),
        ({"definition": {**RULE, "version": True}}, [("/definition/version", "rule")]),
        ({"definition": {**RULE, "base_currency": "USD"}}, [("/definition/base_currency", "rule")]),
        ({"text": TEXT, "state": "broken"}, [("/state", "invalid-choice")]),
        ({"text": TEXT, "is_published": "yes"}, [("/is_published", "type")]),
        ({"text": TEXT, "version": 9}, [("/version", "unknown")]),
    ],
)
def test_what_is_refused(api, sent, found) -> None:
    response = api.post("/api/segments/", {"slug": "a", **sent})
    assert response.status_code == 400
    assert [(fault["pointer"], fault["code"]) for fault in faults(response)] == found


def test_what_is_no_object_is_refused(api) -> None:
    for sent in ([], "loyal", 3):
        assert api.post("/api/segments/", sent).status_code == 400
        assert api.post("/api/segments/preview/", sent).status_code == 400


def test_a_builders_own_keys_are_dropped(api) -> None:
    built = {**RULE, "id": "root", "rules": [{**RULE["rules"][0], "id": "1", "path": [0], "value": 3}]}
    assert api.post("/api/segments/", {"slug": "a", "definition": built}).json()["definition"] == RULE
