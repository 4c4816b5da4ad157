"""Several workers at one recommender, on a database that lets them."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier

import pytest
from django.utils import timezone

from personalization.errors import TrainingBusy
from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend.lists import write_lists
from personalization.recommend.training import switch as switching
from personalization.recommend.training import train as training
from personalization.recommend.training.switch import switch_to
from personalization.recommend.training.train import train
from segmentation.errors import LeaseLost
from segmentation.models import Lease
from tests.cast import NOW
from tests.personalization.recommend.training.conftest import bought, empty_cache, goods, models, version
from tests.services.racing import LATER, PATIENCE, Stop, somebody_waits_for_a_lock

__all__ = ["bought", "empty_cache", "goods", "models", "version"]

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

State = RecommenderVersion.State


def states() -> dict[int, str]:
    return dict(RecommenderVersion.objects.values_list("number", "state"))


def test_of_two_trainings_one_is_refused(bought, models, workers, monkeypatch):
    read = Stop(training, "read_shop", monkeypatch)
    first = workers(train, now=NOW)
    with read.held(), pytest.raises(TrainingBusy):
        workers(train, now=NOW).result(PATIENCE)
    assert first.result(PATIENCE).state == State.ACTIVE
    assert states() == {1: State.ACTIVE}


def test_a_training_that_was_given_up_writes_nothing_more(bought, models, workers, monkeypatch):
    card = Stop(training, "card_of", monkeypatch, before=True)
    slow = workers(train, now=NOW)
    with card.held():
        Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert workers(train, now=LATER).result(PATIENCE).number == 2
        assert RecommenderVersion.objects.get(number=1).why == "The worker that trained it ended before it was done."
    with pytest.raises(LeaseLost):
        slow.result(PATIENCE)
    assert states() == {1: State.FAILED, 2: State.ACTIVE}
    assert not RecommendationList.objects.filter(version__number=1).exists()


def test_two_switches_at_once_leave_one_active(version, workers, monkeypatch):
    version(1)
    second, third = version(2, State.READY), version(3, State.READY)
    told = Stop(switching, "forget_lists", monkeypatch)
    first = workers(switch_to, second, now=NOW)
    with told.held():
        other = workers(switch_to, third, now=LATER)
        somebody_waits_for_a_lock()
    first.result(PATIENCE)
    other.result(PATIENCE)
    assert states() == {1: State.READY, 2: State.READY, 3: State.ACTIVE}


def test_rows_that_are_written_by_several_are_there_once(version, workers):
    active = version(1)
    barrier = Barrier(4)

    def at_once() -> int:
        barrier.wait(PATIENCE)
        return write_lists(active, [(f"row {number}", {}) for number in range(300)])

    assert [future.result(PATIENCE) for future in [workers(at_once) for _ in range(4)]] == [300] * 4
    assert RecommendationList.objects.count() == 300
