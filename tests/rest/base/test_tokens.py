from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from segmentation.models import ApiToken
from segmentation.rest.base.keys import digest, issue, revoke
from tests.cast import NOW
from tests.statements import reading

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rest.base.farm")]
VIEW = "zoo.view_keeper"
ADD = "zoo.add_keeper"


def test_a_secret_is_kept_by_its_digest_alone(staff) -> None:
    token, secret = issue("till", staff, "read", now=NOW)
    row = ApiToken.objects.values().get(pk=token.pk)
    assert len(secret) == 47
    assert secret.startswith("rgs_")
    assert row["digest"] == digest(secret)
    assert secret.startswith(row["hint"])
    assert not any(secret in str(value) for value in row.values())


@time_machine.travel(NOW, tick=False)
def test_a_token_acts_for_its_user(bearer, clerk) -> None:
    assert bearer(clerk()).get("/office/").status_code == 200
    assert bearer(clerk(email="b@shop.test")).get("/keepers/").status_code == 403
    assert bearer(clerk(VIEW, email="c@shop.test")).get("/keepers/").status_code == 200


@time_machine.travel(NOW, tick=False)
def test_it_needs_no_csrf_token(bearer, clerk) -> None:
    client = bearer(clerk(VIEW, ADD))
    client.handler.enforce_csrf_checks = True
    assert client.post("/keepers/", {"name": "Ann"}).status_code == 201


@time_machine.travel(NOW, tick=False)
def test_a_token_that_reads_changes_nothing(bearer, staff) -> None:
    client = bearer(staff, "read")
    assert client.get("/keepers/").status_code == 200
    assert client.post("/keepers/look/", {"a": 1}).json() == {"seen": {"a": 1}}
    response = client.post("/keepers/", {"name": "Ann"})
    assert (response.status_code, response.json()["type"]) == (403, "urn:regulars:problem:read-only-token")


@time_machine.travel(NOW, tick=False)
def test_what_is_no_good_is_refused_in_the_same_words(staff, clerk, configure) -> None:
    def answer(secret):
        response = Client(headers={"Authorization": f"Bearer {secret}"}).get("/office/")
        assert response["WWW-Authenticate"] == 'Bearer realm="regulars", error="invalid_token"'
        return response.status_code, response.json()["type"], response.json()["detail"]

    over = issue("a", staff, "read", now=NOW, expires_at=NOW)[1]
    token, revoked = issue("b", staff, "read", now=NOW)
    revoke(token, now=NOW)
    gone = clerk()
    left = issue("c", gone, "read", now=NOW)[1]
    gone.is_active = False
    gone.save()
    elsewhere = issue("d", staff, "read", now=NOW)[1]
    ApiToken.objects.filter(digest=digest(elsewhere)).update(shop="other")
    wrong = ["", "rgs_", "abc", "rgs_" + "A" * 43, "rgs_" + "A" * 43 + " x", over, revoked, left, elsewhere, "rgs_é"]
    assert {answer(secret) for secret in wrong} == {
        (401, "urn:regulars:problem:bad-token", "This token is not known, is over or was revoked.")
    }


def test_who_shows_nothing_is_told_how(anybody) -> None:
    response = anybody.get("/office/")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="regulars"')


@time_machine.travel(NOW, tick=False)
def test_customers_are_no_staff_even_with_a_token(bearer, alice) -> None:
    assert bearer(alice).get("/office/").status_code == 403


def test_its_use_is_written_down_once_an_hour(bearer, staff) -> None:
    client = bearer(staff, "read")
    with time_machine.travel(NOW + timedelta(minutes=40), tick=False):
        assert client.get("/office/").status_code == 200
    assert ApiToken.objects.get().used_at == NOW
    with time_machine.travel(NOW + timedelta(minutes=59), tick=False), reading(1):
        client.get("/office/")
    with time_machine.travel(NOW + timedelta(minutes=60), tick=False):
        client.get("/office/")
    assert ApiToken.objects.get().used_at == NOW + timedelta(hours=1)


def test_a_session_needs_the_csrf_token_to_change(staff) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.get("/keepers/").status_code == 200
    response = client.post("/keepers/", {"name": "Ann"}, content_type="application/json")
    assert (response.status_code, response.json()["type"]) == (403, "urn:regulars:problem:permission-denied")
    client.cookies["csrftoken"] = token = "a" * 32
    broken = client.post("/keepers/", b"--x\r\nbroken", content_type="multipart/form-data; boundary=" + "x" * 500)
    assert (broken.status_code, broken.json()["type"]) == (415, "urn:regulars:problem:unsupported-media-type")
    said = client.post("/keepers/", {"name": "Ann"}, content_type="application/json", headers={"X-CSRFToken": token})
    assert said.status_code == 201
