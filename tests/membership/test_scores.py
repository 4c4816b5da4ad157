"""Segments that ask what models wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.engine.shop import active_shop
from segmentation.errors import RuleError
from segmentation.facts.sentences import sentence
from segmentation.membership import define, evaluate_live, explain, preview, refresh
from segmentation.models import Profile, RankCutoff, Segment
from segmentation.profiles import sync
from segmentation.profiles.scores import declare_score, forget_score, write_scores
from segmentation.rules import dump, format_rule, load, parse
from tests.cast import NOW, key_of, keys_of, members, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
WANTS = "wants_85123A"


@pytest.fixture(autouse=True)
def shop(cast, configure):
    """Alice is first, Bob and Dan after her; nothing was written about Carol."""
    configure(PROFILING_CONSENT="none")
    sync(now=NOW)
    written({"alice": 0.98, "bob": 0.5, "dan": 0.5}, cast)


def written(values, cast, at=NOW):
    write_scores(WANTS, {key_of(cast[name]): value for name, value in values.items()}, at=at, label="White lamp")


def filled(rule: str, slug: str = "asked", now=NOW) -> set[str]:
    define(slug, rule, now=now)
    refresh([slug], now=now)
    return members(slug)


# What is asked.


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ("score.wants_85123A >= 0.5", "alice bob dan"),
        ("score.wants_85123A > 0.5", "alice"),
        ("not (score.wants_85123A > 0.5)", "bob dan"),
        ("score.wants_85123A between 0.9 and 0.98", "alice"),
        ("score.wants_85123A = 0.979999", ""),
        ("score.wants_85123A is set", "alice bob dan"),
        ("score.wants_85123A is not set", "carol"),
        ("score.wants_85123A < 0.5 if unknown yes", "carol"),
        ("top 1 by score.wants_85123A", "alice"),
        ("top 2 by score.wants_85123A", "alice bob dan"),
        ("bottom 1 by score.wants_85123A", "bob dan"),
        ("top 34 percent by score.wants_85123A", "alice bob dan"),
        ("top 33 percent by score.wants_85123A", "alice"),
        ("top 100 by score.wants_85123A if unknown yes", "alice bob dan carol"),
        ("score.wants_85123A > 0 and orders.count(last 30 days) >= 1", "alice dan"),
    ],
)
def test_a_score_is_asked_as_a_fact_and_as_a_rank(rule, names, cast):
    assert filled(rule) == keys_of(*(cast[name] for name in names.split()))


def test_text_and_json_and_sentence_are_one_rule():
    rule = parse("score.wants_85123A >= 0.5 and top 100 by score.wants_85123A")

    assert format_rule(rule) == "score.wants_85123A >= 0.5 and top 100 by score.wants_85123A"
    assert load(dump(rule)) == rule
    assert [leaf["field"] for leaf in dump(rule)["rules"]] == ["score.wants_85123A"] * 2
    assert sentence(rule, active_shop().catalogue) == (
        "Customers who match: interest in “White lamp” is at least 0.5 "
        "and among the top 100 customers by interest in “White lamp”."
    )


def test_the_operators_are_those_of_numbers():
    with pytest.raises(RuleError, match=r"score\.wants_85123A is a number, which has no operator contains"):
        preview('score.wants_85123A contains "x"', now=NOW)


def test_a_score_that_nobody_has_is_unknown_of_everyone():
    declare_score("clv")

    assert filled("score.clv > 0 or not (score.clv > 0)") == set()
    assert filled("top 10 by score.clv", "best") == set()


def test_a_preview_asks_it_too():
    seen = preview("score.wants_85123A > 0.9", now=NOW)

    assert (seen.count, seen.unknown, seen.population) == (1, 1, 4)


# How often the database is asked.


def queries(rule: str, table: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        preview(rule, now=NOW)
    return sum(f'FROM "regulars_segmentation_{table}"' in query["sql"] for query in captured.captured_queries)


def test_scores_are_read_once_for_all_that_a_plan_asks():
    write_scores("clv", {}, at=NOW)
    rule = "score.wants_85123A > 0 and score.clv > 0 and top 5 by score.clv"

    assert (queries(rule, "scorekind"), queries(rule, "score")) == (1, 1)


def test_who_asks_no_score_reads_none():
    assert (queries("customer.age > 5", "scorekind"), queries("customer.age > 5", "score")) == (0, 0)


# What is written anew.


def test_a_score_that_is_written_anew_counts_with_the_next_refresh(cast):
    assert filled("score.wants_85123A >= 0.5") == keys_of(*(cast[name] for name in ("alice", "bob", "dan")))
    written({"carol": 1, "alice": 0.2}, cast, LATER)
    assert members("asked") == keys_of(*(cast[name] for name in ("alice", "bob", "dan")))

    refresh(now=LATER)
    assert members("asked") == keys_of(cast["carol"])


def test_a_score_that_is_written_anew_counts_when_somebody_is_evaluated_live(cast):
    filled("score.wants_85123A >= 0.5")
    written({"carol": 1, "alice": 0.2}, cast, LATER)

    evaluate_live([profile_of(cast["carol"]).pk], now=LATER)
    assert members("asked") == keys_of(*cast.values())


def test_a_ranking_is_cut_off_anew_when_its_score_is_written(cast):
    assert filled("top 1 by score.wants_85123A") == keys_of(cast["alice"])
    written({"bob": 0.3, "carol": 0.4}, cast, LATER)

    refresh(now=LATER)
    assert members("asked") == keys_of(cast["carol"])
    assert sorted(RankCutoff.objects.values_list("population", "limit")) == [(2, "400000/1"), (3, "980000/1")]


def test_a_ranking_stays_cut_off_while_its_score_is_not_written(cast):
    filled("top 1 by score.wants_85123A")
    write_scores("clv", {}, at=LATER)

    refresh(now=LATER)
    assert RankCutoff.objects.count() == 1


# What is not there any more.


def test_a_segment_is_broken_when_its_score_ceases_and_works_again_when_it_is_back(cast):
    before = filled("score.wants_85123A >= 0.5")
    forget_score(WANTS)

    refresh(now=LATER)
    segment = Segment.objects.get(slug="asked")
    assert (segment.state, segment.problem) == ("broken", "/rules/0/field: unknown fact score.wants_85123A")
    assert members("asked") == before
    written({"carol": 1}, cast, LATER)
    refresh(now=LATER + timedelta(hours=1))
    assert Segment.objects.get(slug="asked").state == "live"
    assert members("asked") == keys_of(cast["carol"])


def test_a_score_that_there_is_not_cannot_be_asked():
    with pytest.raises(RuleError, match=r"unknown fact score\.wants_85123; did you mean score\.wants_85123A\?"):
        define("asked", "score.wants_85123 > 0", now=NOW)


# Why.


def test_an_explanation_has_the_score_and_what_it_is_held_against(cast):
    define("asked", "score.wants_85123A >= 0.5 and top 1 by score.wants_85123A", now=NOW)
    refresh(now=NOW)

    fact, rank = explain("asked", profile_of(cast["bob"]), now=NOW).leaves
    assert (fact.truth, fact.value, fact.limit, fact.evidence) == ("true", "0.5", "0.5", ())
    assert (rank.truth, rank.value, rank.limit) == ("false", "0.5", "0.98")
    nothing, unranked = explain("asked", profile_of(cast["carol"]), now=NOW).leaves
    assert (nothing.truth, nothing.value) == ("unknown", None)
    assert (unranked.truth, unranked.value) == ("unknown", None)


# Consent.


@pytest.mark.parametrize("consent", ["activity", "all"])
def test_a_score_is_asked_of_those_who_agreed(cast, configure, consent):
    configure(PROFILING_CONSENT=consent)
    Profile.objects.filter(key__in=keys_of(cast["bob"], cast["carol"])).update(profiling=True)
    Profile.objects.filter(key=key_of(cast["alice"])).update(profiling=False)

    assert filled("score.wants_85123A >= 0.5") == keys_of(cast["bob"])
    assert filled("top 1 by score.wants_85123A", "top") == keys_of(cast["bob"])
    assert filled("score.wants_85123A is not set", "none") == keys_of(cast["carol"])
    assert filled('customer.country = "GB"', "british") == keys_of(cast["alice"])


def test_nothing_is_shown_of_a_score_that_was_not_asked(cast, configure):
    configure(PROFILING_CONSENT="activity")
    define("asked", "score.wants_85123A >= 0.5", now=NOW)

    (leaf,) = explain("asked", profile_of(cast["alice"]), now=NOW).leaves
    assert (leaf.asked, leaf.truth, leaf.value, leaf.limit) == (False, "unknown", None, None)


@pytest.mark.parametrize("consent", ["activity", "all"])
def test_a_preview_says_whom_it_cannot_ask(configure, consent):
    configure(PROFILING_CONSENT=consent)
    said = "4 of 4 people did not agree to profiling; what is predicted of them is not asked."

    assert said in preview("score.wants_85123A > 0", now=NOW).warnings
    assert not any("predicted" in warning for warning in preview("events.count() > 0", now=NOW).warnings)
