from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from segmentation.models import KeptAnswer
from segmentation.profiles.expire import expire_answers
from segmentation.rest.base import idempotency
from tests.cast import NOW
from tests.sources.zoo.models import Keeper

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rest.base.farm")]


def send(client: Any, body: Any, key: str = "k1", address: str = "/keepers/", at: datetime = NOW) -> Any:
    with time_machine.travel(at, tick=False):
        return client.post(address, body, headers={"Idempotency-Key": key})


def problem_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["type"].rpartition(":")[2]


def test_the_same_again_is_answered_as_the_first_time(api) -> None:
    first = send(api, {"name": "Ann"})
    second = send(api, {"name": "Ann"}, at=NOW + timedelta(hours=23))
    assert (second.status_code, second.content) == (201, first.content)
    assert (second["Idempotency-Replayed"], second["Content-Type"]) == ("true", "application/json")
    assert "Idempotency-Replayed" not in first
    assert Keeper.objects.count() == 1


def test_another_key_and_another_caller_are_another_request(api, bearer, staff) -> None:
    with time_machine.travel(NOW, tick=False):
        machine = bearer(staff)
    assert {send(client, {"name": "Ann"}, key).status_code for client in (api, machine) for key in "ab"} == {201}
    assert Keeper.objects.count() == 4


@pytest.mark.parametrize(
    ("body", "address"),
    [({"name": "Bea"}, "/keepers/"), ({"name": "Ann"}, "/keepers/?a=1"), ({"name": "Ann"}, "/keepers/crowd/")],
)
def test_the_key_of_another_request_is_refused(api, body, address) -> None:
    send(api, {"name": "Ann"})
    assert problem_of(send(api, body, address=address)) == (422, "other-request")


def test_what_was_refused_is_refused_in_the_same_words(api) -> None:
    first = send(api, {"name": ""})
    with_name = send(api, {"name": ""})
    assert (first.status_code, first.content) == (400, with_name.content)
    assert with_name["Content-Type"] == "application/problem+json"


def test_faults_of_ours_are_not_kept(api) -> None:
    api.raise_request_exception = False
    assert problem_of(send(api, {}, address="/keepers/fail/")) == (500, "internal")
    assert not KeptAnswer.objects.exists()
    # The work was undone, so the key is free for whatever is sent next.
    assert send(api, {"a": 1}, address="/keepers/fail/").status_code == 409


def test_what_says_to_try_again_is_not_kept(api, monkeypatch) -> None:
    from segmentation.errors import RefreshBusy
    from tests.rest.base import farm

    monkeypatch.setattr(farm, "SegmentError", RefreshBusy)
    response = send(api, {"a": 1}, address="/keepers/fail/")
    assert (problem_of(response), response["Retry-After"]) == ((409, "busy"), "5")
    assert not KeptAnswer.objects.exists()


def test_who_may_not_leaves_no_trace(clerk, logged_in) -> None:
    assert send(logged_in(clerk()), {"name": "Ann"}).status_code == 403
    assert not KeptAnswer.objects.exists()


def in_flight(api: Any, begun_at: datetime) -> None:
    send(api, {"name": "Ann"})
    Keeper.objects.all().delete()
    KeptAnswer.objects.update(status=None, body="", headers={}, begun_at=begun_at)


def test_one_under_way_is_waited_for(api) -> None:
    in_flight(api, NOW - timedelta(seconds=59))
    response = send(api, {"name": "Ann"})
    assert (problem_of(response), response["Retry-After"]) == ((409, "in-flight"), "1")
    assert problem_of(send(api, {"name": "Bea"})) == (422, "other-request")
    assert not Keeper.objects.exists()


def test_one_whose_process_died_is_taken_over(api) -> None:
    in_flight(api, NOW - timedelta(seconds=60))
    assert send(api, {"name": "Ann"}).status_code == 201
    assert send(api, {"name": "Ann"})["Idempotency-Replayed"] == "true"
    assert Keeper.objects.count() == 1


def test_who_was_taken_for_dead_undoes_the_work(api, monkeypatch) -> None:
    begin = idempotency.begin

    def begun_and_taken_over(*arguments: Any) -> Any:
        once = begin(*arguments)
        KeptAnswer.objects.update(begun_at=NOW + timedelta(seconds=60))
        return once

    monkeypatch.setattr(idempotency, "begin", begun_and_taken_over)
    assert problem_of(send(api, {"name": "Ann"})) == (409, "in-flight")
    assert not Keeper.objects.exists()
    assert KeptAnswer.objects.get().status is None


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "ż", "a\tb"])
def test_a_key_that_cannot_be_is_refused(api, key) -> None:
    assert problem_of(send(api, {"name": "Ann"}, key)) == (400, "bad-key")
    assert send(api, {"name": "Ann"}, "~" * 255).status_code == 201


def test_a_key_of_nobody_we_know_is_refused(anybody) -> None:
    assert problem_of(send(anybody, {}, address="/desk/")) == (400, "bad-key")


def test_work_in_pieces_is_kept_too(api) -> None:
    body = {"names": ["Ann", "Bea"]}
    assert [send(api, body, address="/keepers/crowd/").json() for _ in range(2)] == [{"made": 2}] * 2
    assert Keeper.objects.count() == 2


def test_of_what_changes_nothing_no_answer_is_kept(api) -> None:
    for body in ({"a": 1}, {"a": 2}):
        assert send(api, body, address="/keepers/look/").json() == {"seen": body}
    assert not KeptAnswer.objects.exists()


def test_only_post_has_keys(api) -> None:
    ann = Keeper.objects.create(name="Ann")
    for name in ("Bea", "Cid"):
        assert api.patch(f"/keepers/{ann.pk}/", {"name": name}, headers={"Idempotency-Key": "k"}).json()["name"] == name


def test_after_a_day_it_is_gone(api) -> None:
    send(api, {"name": "Ann"})
    assert send(api, {"name": "Ann"}, at=NOW + timedelta(hours=24)).status_code == 201
    assert Keeper.objects.count() == 2
    assert expire_answers(now=NOW + timedelta(hours=47)) == 0
    assert expire_answers(now=NOW + timedelta(hours=48)) == 1


@pytest.mark.django_db(transaction=True)
def test_it_works_where_the_shop_has_a_transaction_for_each_request(api, settings) -> None:
    from django.db import connection

    connection.settings_dict["ATOMIC_REQUESTS"] = True
    try:
        assert send(api, {"name": ""}).status_code == 400
        assert send(api, {"name": ""})["Idempotency-Replayed"] == "true"
        assert problem_of(send(api, {"a": 1}, "k2", address="/keepers/fail/")) == (409, "conflict")
        assert send(api, {"a": 1}, "k2", address="/keepers/fail/")["Idempotency-Replayed"] == "true"
    finally:
        connection.settings_dict["ATOMIC_REQUESTS"] = False
