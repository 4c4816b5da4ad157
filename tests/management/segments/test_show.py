from __future__ import annotations

import pytest

from segmentation.membership import define
from segmentation.membership.define import change, sound
from segmentation.models import Segment
from tests.management.conftest import LATER, NOW
from tests.statements import reading

QUERIES = 5
"""The segment, its versions, the people, and what uses it: segments and variants."""


@pytest.mark.usefixtures("filled")
def test_a_segment(segments):
    ran = segments("show", "french", "--json")

    assert ran.data == {
        "slug": "french",
        "name": "French",
        "description": "",
        "state": "live",
        "is_published": False,
        "version": 1,
        "sentence": "Customers who match: country is “FR”.",
        "text": 'customer.country = "FR"',
        "definition": {
            "version": 1,
            "semantics": 1,
            "base_currency": "GBP",
            "combinator": "and",
            "rules": [{"kind": "attribute", "field": "customer.country", "operator": "=", "value": "FR"}],
        },
        "size": 1,
        "share": 0.25,
        "refreshed_at": "2026-03-01T12:00:00+00:00",
        "problem": "",
        "used_by": [],
        "versions": [{"number": 1, "created_at": "2026-03-01T12:00:00+00:00", "text": 'customer.country = "FR"'}],
    }
    assert (ran.err, ran.code) == ("", 0)


@pytest.mark.usefixtures("people")
def test_versions_newest_first(segments, french):
    change(french, sound('customer.country in ("FR", "MC")'), now=LATER)

    data = segments("show", "french", "--json").data

    assert (data["version"], data["size"], data["share"]) == (2, None, None)
    assert [(version["number"], version["text"]) for version in data["versions"]] == [
        (2, 'customer.country in ("FR", "MC")'),
        (1, 'customer.country = "FR"'),
    ]


@pytest.mark.usefixtures("filled")
def test_for_people(segments):
    lines = segments("show", "french").lines

    assert ["sentence", "Customers", "who", "match:", "country", "is", "“FR”."] in lines
    assert ["text", "customer.country", "=", '"FR"'] in lines
    assert ["size", "1", "(25.0%)"] in lines
    assert ["version", "1", "2026-03-01", "12:00", "customer.country", "=", '"FR"'] in lines
    assert not [line for line in lines if line[0] in ("description", "problem")]


@pytest.mark.usefixtures("filled")
def test_a_broken_one_whose_fact_vanished(segments, use_source):
    use_source("LostCountry")
    segments("refresh", "--now", LATER.isoformat())

    data = segments("show", "french", "--json").data

    assert (data["state"], data["size"], data["sentence"]) == ("broken", 1, "Customers who match: country is “FR”.")
    assert data["problem"] == "/rules/0/field: unknown fact customer.country"


@pytest.mark.django_db
def test_a_definition_that_cannot_be_read(segments):
    Segment.objects.create(slug="old", name="Old", definition={"version": 99})

    ran = segments("show", "old", "--json")

    assert (ran.data["sentence"], ran.data["text"], ran.data["definition"], ran.code) == (None, None, {"version": 99}, 0)
    assert ["definition", '{"version":', "99}"] in segments("show", "old").lines


@pytest.mark.usefixtures("filled")
def test_what_uses_it(segments):
    define("abroad", 'in segment "loyal" and customer.country != "GB"', now=NOW)

    assert segments("show", "loyal", "--json").data["used_by"] == ["abroad"]
    assert ["used", "by", "abroad"] in segments("show", "loyal").lines


@pytest.mark.usefixtures("filled")
def test_few_queries(segments):
    with reading(QUERIES):
        segments("show", "loyal")


@pytest.mark.django_db
def test_no_such_segment(segments):
    ran = segments("show", "nobody")

    assert (ran.out, ran.err, ran.code) == ("", "no segment is called nobody", 1)
