from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.facts import Fact, Family, catalogue_of
from segmentation.facts.scores import Attributes, score_fact, stored_scores
from segmentation.models import ScoreKind
from segmentation.rules.values import Kind
from tests.cast import NOW
from tests.sources.zoo.source import Zoo


def test_a_score_is_a_number_of_today_with_the_words_it_was_written_with():
    assert score_fact(ScoreKind(name="clv", label="lifetime value", written_at=NOW)) == Fact(
        "score.clv", Kind.NUMBER, 6, "lifetime value", current=True, family=Family.PREDICTIVE, written_at=NOW
    )


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (ScoreKind(name="clv"), "clv"),
        (ScoreKind(name="long_name"), "long name"),
        (ScoreKind(name="wants_85123A", label="White {lamp} 5%", about="85123A"), "interest in “White {lamp} 5%”"),
        (ScoreKind(name="wants_85123A", about="85123A"), "interest in “85123A”"),
        (ScoreKind(name="wants_85123A"), "interest in “85123A”"),
    ],
)
def test_what_a_score_is_called(kind, label):
    assert str(score_fact(kind).label) == label


def test_a_score_of_a_known_sort_says_what_it_means():
    assert str(score_fact(ScoreKind(name="wants_1")).help).startswith("How high the product stands")
    assert score_fact(ScoreKind(name="clv")).help == ""


@pytest.mark.django_db
def test_the_scores_of_a_shop_take_one_query(django_assert_num_queries):
    for shop, name in (("default", "wants_1"), ("default", "clv"), ("other", "churn")):
        ScoreKind.objects.create(shop=shop, name=name, written_at=NOW - timedelta(days=1))

    with django_assert_num_queries(1):
        assert list(stored_scores("default")) == ["score.clv", "score.wants_1"]


class Asked:
    """Counts how often it is asked for the scores."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return {"score.clv": Fact("score.clv", Kind.NUMBER, 6)}


def test_scores_are_looked_for_once_and_only_where_one_is_named():
    asked = Asked()
    facts = Attributes({"customer.age": Fact("customer.age", Kind.NUMBER)}, asked)

    assert facts["customer.age"].name == "customer.age"
    assert facts.get("customer.none") is None
    assert "scored" not in facts
    assert list(facts.meant("customer.agee")) == ["customer.age"]
    assert asked.times == 0
    assert facts["score.clv"].name == "score.clv"
    assert facts.get("score.none") is None
    assert list(facts.meant("score.clw")) == ["score.clv"]
    assert list(facts) == ["customer.age", "score.clv"]
    assert len(facts) == 2
    assert asked.times == 1


def test_scores_stand_in_the_catalogue_among_the_facts_of_the_person():
    catalogue = catalogue_of(Zoo(), "GBP", scores=Asked())

    assert catalogue.fact("score.clv") == Fact("score.clv", Kind.NUMBER, 6)
    assert catalogue.fact("score.none") is None
    assert [name for name, _ in catalogue if name.startswith("score.")] == ["score.clv"]
    assert catalogue_of(Zoo(), "GBP").fact("score.clv") is None
