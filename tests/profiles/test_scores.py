from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.errors import ScoreError
from segmentation.models import MergeCause, Profile, Score, ScoreKind
from segmentation.profiles import scores as module
from segmentation.profiles import sync
from segmentation.profiles.merging import merge
from segmentation.profiles.scores import Declared, declare_score, declared, forget_score, write_scores
from tests.cast import NOW, key_of, profile_of
from tests.statements import reading, verbs

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def people(cast):
    sync(now=NOW)


def stored(name="clv"):
    """Profile key -> value and since when."""
    rows = Score.objects.filter(kind__name=name).values_list("profile__key", "value", "at")
    return {key: (value, at) for key, value, at in rows}


def test_scores_are_written_with_their_words(alice, dan):
    assert write_scores("clv", {key_of(alice): 12.5, key_of(dan): Decimal(3)}, at=NOW, label="value", about="everything") == 2

    assert stored() == {key_of(alice): (Decimal("12.5"), NOW), key_of(dan): (Decimal(3), NOW)}
    assert ScoreKind.objects.values("shop", "name", "label", "about", "written_at").get() == {
        "shop": "default",
        "name": "clv",
        "label": "value",
        "about": "everything",
        "written_at": NOW,
    }


def test_what_is_written_again_takes_the_place_of_what_was(alice, bob, carol):
    write_scores("clv", {key_of(alice): 1, key_of(bob): 2}, at=NOW, label="value")

    assert write_scores("clv", {key_of(bob): 2, key_of(carol): 3}, at=LATER) == 2
    assert stored() == {key_of(bob): (Decimal(2), NOW), key_of(carol): (Decimal(3), LATER)}
    assert ScoreKind.objects.values_list("label", "written_at").get() == ("value", LATER)


def test_scores_of_another_name_stay(alice):
    write_scores("clv", {key_of(alice): 1}, at=NOW)
    write_scores("churn", {}, at=NOW)

    assert stored() == {key_of(alice): (Decimal(1), NOW)}
    assert stored("churn") == {}


def test_confidence_is_kept_and_a_change_of_it_is_a_difference(alice):
    write_scores("clv", {key_of(alice): 1}, at=NOW, confidence={key_of(alice): 0.5})
    assert Score.objects.get().confidence == 0.5

    write_scores("clv", {key_of(alice): 1}, at=LATER)
    assert (Score.objects.get().confidence, Score.objects.get().at) == (None, LATER)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (Decimal("0.0000005"), "0"),
        (Decimal("0.0000015"), "0.000002"),
        (0.0000025, "0.000002"),
        (-1, "-1"),
        (999_999_999.999999, "999999999.999999"),
    ],
)
def test_values_are_rounded_to_six_decimals_half_to_even(alice, value, expected):
    write_scores("clv", {key_of(alice): value}, at=NOW)

    assert stored() == {key_of(alice): (Decimal(expected), NOW)}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), 10**9, -1e300, None, "one"])
def test_what_is_no_number_is_refused_and_nothing_is_written(alice, bob, value):
    write_scores("clv", {key_of(bob): 1}, at=NOW)

    with pytest.raises(ScoreError, match=f"the score of {key_of(alice)}, is no number that can be compared"):
        write_scores("clv", {key_of(bob): 2, key_of(alice): value}, at=LATER)
    assert stored() == {key_of(bob): (Decimal(1), NOW)}
    assert ScoreKind.objects.get().written_at == NOW


@pytest.mark.parametrize("name", ["", "Clv", "9", "a b", "a.b", "a-b", "ł", "clv\n", "x" * 201])
def test_a_name_that_rules_cannot_write_is_refused(name):
    with pytest.raises(ScoreError, match="cannot name a score"):
        declare_score(name)
    assert ScoreKind.objects.count() == 0


@pytest.mark.parametrize("name", ["clv", "wants_85123A", "_x", "x" * 200, "not"])
def test_a_name_that_rules_can_write_is_taken(name):
    assert declare_score(name).name == name


def test_declaring_keeps_the_words_that_are_not_given_and_the_scores(alice):
    write_scores("clv", {key_of(alice): 1}, at=NOW, label="value", about="all")
    declare_score("clv", label="worth" * 100)

    kind = ScoreKind.objects.get()
    assert (kind.label, kind.about, kind.written_at) == (("worth" * 100)[:300], "all", NOW)
    assert stored() == {key_of(alice): (Decimal(1), NOW)}


def test_who_is_not_present_gets_none(alice, bob, carol, dan):
    Profile.objects.filter(key=key_of(bob)).update(gone_at=NOW)
    merge(profile_of(dan), profile_of(carol), now=NOW, cause=MergeCause.MANUAL)
    keys = [*map(key_of, (alice, bob, carol, dan)), "user:999999"]

    assert write_scores("clv", dict.fromkeys(keys, 1), at=NOW) == 2
    assert stored().keys() == {key_of(alice), key_of(carol)}


def test_who_is_not_present_any_more_loses_theirs(bob):
    write_scores("clv", {key_of(bob): 1}, at=NOW)
    Profile.objects.filter(key=key_of(bob)).update(gone_at=NOW)

    assert write_scores("clv", {key_of(bob): 1}, at=LATER) == 0
    assert stored() == {}


def test_scores_of_another_shop_are_its_own(alice, configure):
    write_scores("clv", {key_of(alice): 1}, at=NOW)
    configure(SHOP="other")

    assert write_scores("clv", {key_of(alice): 2}, at=NOW) == 0  # nobody there has that key
    assert declared("") == [Declared("clv", "", "", NOW, 0)]
    assert stored() == {key_of(alice): (Decimal(1), NOW)}


def test_batches_read_and_write_once_each(monkeypatch, alice, bob, carol, dan):
    original = module.batches
    monkeypatch.setattr(module, "batches", lambda items: original(items, 2))
    declare_score("clv")
    write_scores("clv", {"user:0": 1}, at=NOW)

    with CaptureQueriesContext(connection) as captured:
        write_scores("clv", dict.fromkeys(map(key_of, (alice, bob, carol, dan)), 1), at=NOW)
    done = verbs(captured.captured_queries)
    assert {verb: done[verb] for verb in ("SELECT", "INSERT", "DELETE")} == {"SELECT": 2 + 2, "INSERT": 2, "DELETE": 0}

    with CaptureQueriesContext(connection) as captured:
        write_scores("clv", dict.fromkeys(map(key_of, (alice, bob, carol, dan)), 1), at=LATER)
    done = verbs(captured.captured_queries)
    assert {verb: done[verb] for verb in ("INSERT", "DELETE")} == {"INSERT": 0, "DELETE": 0}


def test_scores_that_are_declared_are_found_by_how_they_begin(alice, bob):
    declare_score("wants_2", label="Two", about="2")
    declare_score("clv")
    write_scores("wants_1", {key_of(alice): 1, key_of(bob): 1}, at=NOW)

    with reading(1):
        found = declared("wants_")
    assert found == [Declared("wants_1", "", "", NOW, 2), Declared("wants_2", "Two", "2", None, 0)]


def test_a_score_that_is_forgotten_is_gone_with_all_its_values(alice):
    write_scores("clv", {key_of(alice): 1}, at=NOW)
    write_scores("churn", {key_of(alice): 1}, at=NOW)

    assert forget_score("clv") is True
    assert forget_score("clv") is False
    assert list(Score.objects.values_list("kind__name", flat=True)) == ["churn"]
    assert [kind.name for kind in declared("")] == ["churn"]


def test_scores_go_with_the_person(alice):
    write_scores("clv", {key_of(alice): 1}, at=NOW)
    profile_of(alice).delete()

    assert Score.objects.count() == 0
