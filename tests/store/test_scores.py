from __future__ import annotations

import pytest

from segmentation.facts import catalogue_of
from segmentation.kernel.columns import MISSING
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.profiles.scores import declare_score, write_scores
from segmentation.store import People, build, live
from segmentation.store import people as people_module
from segmentation.store.scores import read_scores
from shopdemo.source import DemoSource
from tests.cast import NOW, key_of, profile_of
from tests.store.reading import LONDON, wants

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scores(cast):
    """Alice has two scores, Bob one."""
    sync(now=NOW)
    write_scores("clv", {key_of(cast["alice"]): 120.25, key_of(cast["bob"]): -1.5}, at=NOW)
    write_scores("churn", {key_of(cast["alice"]): 0.333333}, at=NOW)


def values(people: People, *names: str):
    """Full name -> profile key -> scaled integer, without what is missing."""
    keys = dict(Profile.objects.values_list("pk", "key"))
    found = read_scores(people, names)
    return {
        name: {
            keys[pk]: value
            for pk, value in zip(people.profiles.tolist(), column.values.tolist(), strict=True)
            if value != MISSING
        }
        for name, column in found.items()
    }


@pytest.mark.parametrize("few", [1000, 0])
def test_scores_are_scaled_integers_read_by_one_query(alice, bob, monkeypatch, django_assert_num_queries, few):
    monkeypatch.setattr(people_module, "FEW", few)
    people = People.everyone("default")

    with django_assert_num_queries(1):
        read_scores(people, ["score.clv", "score.churn"])
    assert values(people, "score.clv", "score.churn") == {
        "score.clv": {key_of(alice): 120_250_000, key_of(bob): -1_500_000},
        "score.churn": {key_of(alice): 333_333},
    }


@pytest.mark.parametrize("few", [1000, 0])
def test_of_a_few_only_theirs_are_taken(bob, carol, monkeypatch, few):
    monkeypatch.setattr(people_module, "FEW", few)
    people = People.these([profile_of(bob), profile_of(carol)])

    assert values(people, "score.clv", "score.churn") == {"score.clv": {key_of(bob): -1_500_000}, "score.churn": {}}


def test_no_names_take_no_query(django_assert_num_queries):
    people = People.everyone("default")

    with django_assert_num_queries(0):
        assert read_scores(people, []) == {}


def test_nobody_has_none():
    assert read_scores(People.of([]), ["score.clv"])["score.clv"].values.tolist() == []


def test_a_score_that_nobody_has_is_a_column_too():
    declare_score("empty")

    assert values(People.everyone("default"), "score.empty") == {"score.empty": {}}


def test_the_scores_of_another_shop_are_not_read(alice, configure):
    configure(SHOP="other")

    assert values(People.these([profile_of(alice)]), "score.clv") == {"score.clv": {}}


def test_full_and_live_readings_have_the_same_scores_beside_other_facts():
    people, needs = People.everyone("default"), wants("score.clv", "customer.country")
    source = DemoSource()
    catalogue = catalogue_of(source, "GBP")

    full = build(source, people, needs, catalogue, LONDON)
    few = live(source, people, needs, catalogue, LONDON)
    assert full.attributes.keys() == few.attributes.keys() == {"score.clv", "customer.country"}
    assert full.attribute("score.clv").values.tolist() == few.attribute("score.clv").values.tolist()
