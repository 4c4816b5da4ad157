"""`audience`."""

from __future__ import annotations

import pytest

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.lists import write_lists
from personalization.recommend.product import read_products
from personalization.recommend.training.wants import Audience, audiences
from segmentation.models import Score
from segmentation.rules import parse
from tests.cast import key_of


@pytest.fixture
def wanted(bought, cast, version):
    """Alice might want C. Returns its id and title."""
    *_, c = bought
    write_lists(version(1), [(person_key(key_of(cast["alice"])), {Part.NEW: [Listed(c)]})])
    return c, read_products([c])[c].title


def test_an_audience_with_a_rule_to_ask_for_it(wanted, personalization):
    product, title = wanted
    rule = f'score.wants_{product} > 0 and order_lines.count(where product_id = "{product}") = 0'

    ran = personalization("audience", product)
    assert ran.out.splitlines() == [f"1 person might want “{title}”", f"A segment of them: {rule}"]
    assert parse(rule)
    data = {"product": product, "title": title, "score": f"score.wants_{product}", "people": 1, "rule": rule}
    assert personalization("audience", product, "--json").data == data
    assert personalization("audience", "--json").data == [data]
    assert personalization("audience").lines == [
        ["product", "score", "people", "title"],
        [product, f"score.wants_{product}", "1", *title.split()],
    ]


def test_an_audience_of_nobody(bought, wanted, personalization):
    ran = personalization("audience", bought[0])
    assert ran.out.startswith("0 people might want “")


def test_none_yet(db, personalization):
    assert personalization("audience").out == "no product is scored yet\n"
    assert personalization("audience", "--json").data == []


def test_an_audience_that_is_forgotten(wanted, personalization):
    product, _ = wanted
    personalization("audience", product)

    ran = personalization("audience", product, "--forget")
    assert (ran.out, audiences(), Score.objects.count()) == (f"{product} is scored no more\n", [], 0)
    ran = personalization("audience", product, "--forget")
    assert (ran.err, ran.code) == (f"{product} is not scored", 1)
    assert personalization("audience", "--forget").err == "say which product is to be forgotten"


@pytest.mark.parametrize("product", ["nothing", "999999"])
def test_a_product_that_there_is_not(wanted, personalization, product):
    ran = personalization("audience", product)
    assert (ran.out, ran.err, ran.code) == ("", f'the shop has no product called "{product}"', 1)


def test_nothing_is_served(bought, personalization):
    ran = personalization("audience", bought[0])
    assert (ran.out, ran.err, ran.code, audiences()) == ("", "no version is served: train one first", 1, [])


def test_another_version_scores_anew(wanted, version, personalization):
    product, title = wanted
    personalization("audience", product)
    version(2, "ready")

    personalization("switch", "2")
    assert audiences() == [Audience(product, title, 0)]
