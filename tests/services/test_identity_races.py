"""Log-ins and deeds at once, on a database that lets them."""

from __future__ import annotations

from importlib import import_module

import pytest

from segmentation.activity import Deed, record_many
from segmentation.models import Activity, MergeCause, Profile, ProfileMerge
from segmentation.profiles import sync
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from tests.cast import NOW, profile_of
from tests.services.racing import PATIENCE, Stop, somebody_waits_for_a_lock

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

MERGING = import_module("segmentation.profiles.merging")
RECORDING = import_module("segmentation.activity.recording")


def log_in(customer):
    return merge(Profile.objects.get(key="visitor:v1"), profile_of(customer), now=NOW, cause=MergeCause.LOGIN)


def test_two_log_ins_at_once_merge_once(alice, bob, workers, monkeypatch):
    sync(now=NOW)
    welcome("v1", now=NOW)
    decided = Stop(MERGING, "_refusal", monkeypatch)

    first = workers(log_in, alice)
    with decided.held():
        second = workers(log_in, bob)
        somebody_waits_for_a_lock()
    assert (first.result(PATIENCE).target, second.result(PATIENCE)) == (profile_of(alice), None)
    assert ProfileMerge.objects.count() == 1
    assert Profile.objects.get(key="visitor:v1").merged_into == profile_of(alice)


def test_one_delivery_twice_at_once_is_written_once(workers, monkeypatch):
    welcome("v1", now=NOW)
    deeds = [Deed("view", visitor="v1", uid=uid) for uid in "ab"]
    written = Stop(RECORDING, "_see", monkeypatch)

    first = workers(record_many, deeds, now=NOW)
    with written.held():
        second = workers(record_many, [*deeds, Deed("view", visitor="v1", uid="c")], now=NOW)
        somebody_waits_for_a_lock()
    assert (first.result(PATIENCE), second.result(PATIENCE)) == (2, 1)
    assert sorted(Activity.objects.values_list("uid", flat=True)) == ["a", "b", "c"]


def test_one_visitor_welcomed_at_once_is_one(workers):
    profiles = [workers(welcome, "v1", now=NOW) for _ in range(8)]

    assert len({each.result(PATIENCE).pk for each in profiles}) == 1
    assert Profile.objects.count() == 1
