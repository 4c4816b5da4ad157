from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from personalization.models import RecommendationList, RecommenderVersion, ShownList
from personalization.recommend.training import pruning
from personalization.recommend.training.pruning import delete_lists, prune
from personalization.recommend.training.switch import switch_to
from tests.cast import NOW

State = RecommenderVersion.State


def numbers() -> list[int]:
    return sorted(RecommenderVersion.objects.values_list("number", flat=True))


def test_the_last_ones_stay_and_the_active_one_however_old(version):
    version(1, State.READY)
    version(2, State.ACTIVE)
    version(3, State.READY)
    version(4, State.FAILED)
    version(5, State.REFUSED)
    version(6, State.READY)
    version(7, State.TRAINING)
    version(1, State.READY, shop="second")

    assert prune(keep=3, now=NOW) == 3
    assert numbers() == [1, 2, 5, 6, 7]
    assert RecommenderVersion.objects.get(number=1).shop == "second"


def test_nothing_goes_while_there_are_fewer(version):
    version(1, State.FAILED)
    version(2, State.ACTIVE)
    version(3, State.READY)
    assert prune(keep=3, now=NOW) == 0
    assert numbers() == [1, 2, 3]


def test_the_active_one_alone(version):
    for number, state in enumerate([State.READY, State.ACTIVE, State.READY], 1):
        version(number, state)
    assert prune(keep=1, now=NOW) == 1
    assert numbers() == [2, 3]


def test_the_one_that_was_served_until_a_moment_ago_stays_for_what_is_shown_of_it(version):
    first, second, third = version(1, State.READY), version(2, State.READY), version(3, State.READY)
    for each, hours in ((first, 48), (second, 24), (third, 0)):
        switch_to(each, now=NOW - timedelta(hours=hours))

    assert prune(keep=1, now=NOW) == 1
    assert numbers() == [2, 3]
    assert prune(keep=1, now=NOW + timedelta(hours=2)) == 1
    assert numbers() == [3]


def test_one_that_is_switched_to_meanwhile_stays(version, monkeypatch: pytest.MonkeyPatch):
    first, second, _ = version(1, State.READY), version(2, State.READY), version(3, State.ACTIVE)
    RecommendationList.objects.create(version=second, key="a", packed="{}")
    delete = pruning.delete_lists

    def delete_and_switch(gone: RecommenderVersion) -> None:
        with pytest.raises(ValueError, match="no lists"):
            switch_to(gone, now=NOW)
        switch_to(second, now=NOW)
        delete(gone)

    monkeypatch.setattr(pruning, "delete_lists", delete_and_switch)
    assert prune(keep=1, now=NOW) == 1
    assert numbers() == [2, 3]
    assert not RecommenderVersion.objects.filter(pk=first.pk).exists()
    assert second.lists.count() == 1


def test_what_was_shown_stays_and_loses_its_version(version):
    old = version(1, State.READY)
    ShownList.objects.create(at=NOW, strategy="for_you", version=old)
    version(2, State.READY)
    version(3, State.ACTIVE)
    prune(keep=2, now=NOW)
    assert ShownList.objects.get().version is None


def test_lists_go_a_few_at_a_time(version, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pruning, "DELETED", 2)
    old, other = version(1), version(2, State.READY)
    RecommendationList.objects.bulk_create(RecommendationList(version=old, key=str(key), packed="{}") for key in range(5))
    RecommendationList.objects.create(version=other, key="a", packed="{}")
    with CaptureQueriesContext(connection) as captured:
        delete_lists(old)
    assert [query["sql"].split()[0] for query in captured].count("DELETE") == 3
    assert RecommendationList.objects.get().version == other
