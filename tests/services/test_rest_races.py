"""The same request many times at once, on a database that lets them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from segmentation.models import KeptAnswer
from tests.rest.conftest import JsonClient, api, bearer, logged_in, staff
from tests.services.racing import PATIENCE, Stop, somebody_waits_for_a_lock
from tests.sources.zoo.models import Keeper

__all__ = ["api", "bearer", "logged_in", "staff"]

pytestmark = [
    pytest.mark.service,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.rest.base.farm"),
]

FARM = import_module("tests.rest.base.farm")
IDEMPOTENCY = import_module("segmentation.rest.base.idempotency")


def post(client: JsonClient, name: str, key: str) -> Any:
    return client.post("/keepers/", {"name": name}, headers={"Idempotency-Key": key})


def patch(client: JsonClient, address: str, name: str, tag: str) -> int:
    return int(client.patch(address, {"name": name}, headers={"If-Match": tag}).status_code)


def test_the_same_key_many_times_at_once_is_done_once(staff, logged_in, workers) -> None:
    clients = [logged_in(staff) for _ in range(8)]
    answers = [each.result(PATIENCE) for each in [workers(post, client, "Ann", "k") for client in clients]]

    assert Keeper.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert [answer.status_code for answer in answers if "Idempotency-Replayed" not in answer].count(201) == 1
    assert post(clients[0], "Ann", "k")["Idempotency-Replayed"] == "true"


def test_while_it_is_under_way_others_are_told_so_and_not_held_up(staff, logged_in, workers, monkeypatch) -> None:
    worked = Stop(FARM, "saved", monkeypatch)

    first = workers(post, logged_in(staff), "Ann", "k")
    with worked.held():
        second = post(logged_in(staff), "Ann", "k")
        assert (second.status_code, second["Retry-After"]) == (409, "1")
    assert first.result(PATIENCE).status_code == 201
    assert Keeper.objects.count() == 1


def test_of_two_who_take_it_for_dead_one_works_and_who_lives_on_undoes_his(staff, logged_in, workers, monkeypatch) -> None:
    worked = Stop(FARM, "saved", monkeypatch)

    slow = workers(post, logged_in(staff), "Ann", "k")
    with worked.held():
        row = KeptAnswer.objects.get()
        KeptAnswer.objects.update(begun_at=row.begun_at - IDEMPOTENCY.PATIENCE)
        others = [each.result(PATIENCE) for each in [workers(post, logged_in(staff), "Ann", "k") for _ in range(4)]]
    assert [answer.status_code for answer in others if "Idempotency-Replayed" not in answer].count(201) == 1
    assert slow.result(PATIENCE).status_code == 409
    assert Keeper.objects.count() == 1
    assert KeptAnswer.objects.get().status == 201


def test_of_two_changes_of_the_same_state_one_is_refused(staff, logged_in, workers, monkeypatch) -> None:
    address = f"/keepers/{Keeper.objects.create(name='Ann').pk}/"
    tag = logged_in(staff).get(address)["ETag"]
    changed = Stop(FARM, "saved", monkeypatch)

    first = workers(patch, logged_in(staff), address, "Bea", tag)
    with changed.held():
        second = workers(patch, logged_in(staff), address, "Cid", tag)
        somebody_waits_for_a_lock()
    assert (first.result(PATIENCE), second.result(PATIENCE)) == (200, 412)
    assert Keeper.objects.get().name == "Bea"
