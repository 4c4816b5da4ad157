from __future__ import annotations

from segmentation.membership.lease import hold
from tests.management.conftest import Terminal


def test_what_was_done(bought, models, personalization):
    ran = personalization("train")
    assert ran.code == 0
    assert ran.err == ""
    assert "learned from 5 lines in 4 orders of 3 people: 3 products" in ran.out
    assert ["served", "0.5000", "0.5000", "0.4900", "…", "0.5100", "50.0%"] in ran.lines
    assert "lists of 3 people and 3 products written; 0 s in all" in ran.out
    assert ran.out.splitlines()[-1] == "version 1 is served"


def test_json(bought, models, personalization):
    data = personalization("train", "--json").data
    assert (data["number"], data["state"], data["why"]) == (1, "active", "")
    assert data["card"]["data"]["lines"] == 5


def test_without_a_switch(bought, models, personalization):
    assert personalization("train", "--no-switch").out.splitlines()[-1] == "version 1 is ready, and not served"


def test_one_that_does_worse(bought, models, personalization):
    personalization("train")
    models["score"] = 0.1
    ran = personalization("train")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("version 2 is not served: It does worse at “next”")


def test_nothing_to_learn(db, models, personalization):
    ran = personalization("train")
    assert (ran.out, ran.code) == ("", 1)
    assert ran.err == "there is nothing to learn from: no line of an order names a customer and a product"


def test_busy(bought, models, personalization):
    with hold("recommender:default"):
        ran = personalization("train")
    assert (ran.err, ran.code) == ("another worker trains a recommender; try again when it is done", 75)


def test_a_bar_where_somebody_watches(bought, models, personalization):
    ran = personalization("train", "--json", err=Terminal())
    assert ran.data["number"] == 1
    assert "\r[###                           ]  10% evaluation" in ran.err
