from __future__ import annotations

from datetime import timedelta

import pytest

from personalization.models import RecommenderVersion
from personalization.recommend.lists import read_lists
from personalization.recommend.training.switch import switch_to
from tests.cast import NOW

State = RecommenderVersion.State
LATER = NOW + timedelta(days=1)


def states() -> dict[int, str]:
    return dict(RecommenderVersion.objects.filter(shop="default").values_list("number", "state"))


@pytest.mark.parametrize("state", [State.READY, State.REFUSED])
def test_one_takes_the_place_of_the_other_and_may_be_rolled_back(version, state):
    first, second = version(1), version(2, state, why="Worse.")
    version(1, State.ACTIVE, shop="second")
    assert read_lists("default", [])[0] == first.pk

    switch_to(second, now=LATER)
    assert states() == {1: State.READY, 2: State.ACTIVE}
    assert (second.state, second.activated_at, second.why) == (State.ACTIVE, LATER, "Worse.")
    assert read_lists("default", [])[0] == second.pk

    switch_to(first, now=LATER)
    assert states() == {1: State.ACTIVE, 2: State.READY}
    assert RecommenderVersion.objects.get(shop="second").state == State.ACTIVE


def test_the_one_that_is_served_goes_on_being_served(version):
    first = version(1, activated_at=NOW)
    switch_to(first, now=LATER)
    assert RecommenderVersion.objects.get().activated_at == NOW


@pytest.mark.parametrize("state", [State.TRAINING, State.FAILED])
def test_one_without_lists_is_not_served(version, state):
    version(1)
    with pytest.raises(ValueError, match="version 2 has no lists"):
        switch_to(version(2, state), now=NOW)
    assert states() == {1: State.ACTIVE, 2: state}


def test_a_stale_row_does_not_decide(version):
    version(1)
    stale = version(2, State.READY)
    RecommenderVersion.objects.filter(pk=stale.pk).update(state=State.FAILED)
    with pytest.raises(ValueError, match="no lists"):
        switch_to(stale, now=NOW)


def test_few_queries(version, django_assert_num_queries):
    version(1)
    second = version(2, State.READY)
    with django_assert_num_queries(6):  # a savepoint and its release, the lock, out, in, and what it is then
        switch_to(second, now=NOW)
