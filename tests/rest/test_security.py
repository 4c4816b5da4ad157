"""Every operation of the document, by whoever must not: what is mounted tomorrow is asked too.

Guards of one resource have their tests beside it; the table in docs/rest.md says where.
"""

from __future__ import annotations

import ast
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.cache import cache

import personalization
import segmentation
from personalization.models import Evaluation, MerchandisingRule, RecommenderVersion, Slot
from personalization.visitor import token as visitor_token
from segmentation.models import ApiToken, KeptAnswer, Profile, ProfileMerge, Segment
from segmentation.rest.base.keys import digest, issue
from segmentation.testing import make_segment
from shopdemo.shop.models import User
from tests.cast import NOW
from tests.personalization.admin.recommending import make_evaluation, make_version
from tests.personalization.content.making import make_slot, make_variant
from tests.project import openapi
from tests.rest.conftest import JsonClient

pytestmark = pytest.mark.django_db

PLACES = {
    "id": "1",
    "key": "user:1",
    "name": "customer.country",
    "number": "1",
    "slug": "x",
    "strategy": "for_you",
    "variant": "x",
}
CHANGING = ("post", "put", "patch", "delete")
FREE_OF_CSRF = {"events_tell"}
"""A beacon can carry no token: the page's origin stands for it (tests/personalization/rest/test_events.py)."""
REFUSED = {(403, "permission-denied"), (403, "csrf")}
CHANGES_NOTHING = {"content_slots_preview", "recommendations_preview", "segments_preview"}


class Operation(NamedTuple):
    """What may be asked, with an address; `is_staffs` says whether it is for staff or for visitors."""

    name: str
    method: str
    path: str
    is_staffs: bool


def operations() -> list[Operation]:
    """All but the document itself, which is for everybody."""
    paths = json.loads(openapi.PATH.read_text())["paths"]
    return [
        Operation(said["operationId"], method, _filled(path), {"token": []} in said["security"])
        for path, item in paths.items()
        for method, said in item.items()
        if said["operationId"] != "schema"
    ]


def _filled(path: str) -> str:
    for name, value in PLACES.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"{path}: say in PLACES what stands there"
    return path


ALL = operations()
STAFFS = [each for each in ALL if each.is_staffs]


def said(response: Any) -> tuple[int, str]:
    """Status and kind of a problem; "" where there is none."""
    is_problem = response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["type"].removeprefix("urn:regulars:problem:") if is_problem else ""


def ask(client: Any, operation: Operation, **headers: str) -> Any:
    return getattr(client, operation.method)(operation.path, headers=headers)


@pytest.fixture(autouse=True)
def unlimited(configure: Any) -> Iterator[None]:
    configure(API_RATES=dict.fromkeys(("machine", "person", "visitor", "stranger")))
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def test_nobody_unknown_and_no_customer_asks_what_is_for_staff(anybody: JsonClient, alice: User, logged_in: Any) -> None:
    assert {said(ask(anybody, each)) for each in STAFFS} == {(401, "not-authenticated")}
    for rights in (False, True):  # whoever may not enter the admin, may do nothing whatever else they may
        User.objects.filter(pk=alice.pk).update(is_superuser=rights)
        customer = logged_in(alice)
        assert {said(ask(customer, each)) for each in STAFFS} == {(403, "permission-denied")}
    assert len(STAFFS) > 50


def test_whoever_has_no_right_at_all_may_do_nothing(clerk: Any, logged_in: Any) -> None:
    client = logged_in(clerk())
    assert {each.name for each in STAFFS if ask(client, each).status_code != 403} == set()
    # HEAD is GET without a body: its length and its tag tell of what is there.
    looks = {each for each in STAFFS if each.method == "get"}
    assert {each.name for each in looks if client.head(each.path).status_code != 403} == set()


def test_all_that_changes_something_needs_the_csrf_token_of_a_session(staff: User) -> None:
    client = JsonClient(enforce_csrf_checks=True)
    client.force_login(staff)
    open_ones = {each.name for each in ALL if each.method in CHANGING and said(ask(client, each)) not in REFUSED}
    assert open_ones == FREE_OF_CSRF


def test_a_token_that_only_reads_does_nothing_else(staff: User, bearer: Any) -> None:
    client = bearer(staff, "read")
    open_ones = {each.name for each in STAFFS if each.method in CHANGING and said(ask(client, each)) != (403, "read-only-token")}
    assert open_ones == CHANGES_NOTHING


def test_a_visitors_token_opens_nothing_of_the_staffs(staff: User) -> None:
    client = JsonClient(headers={"Regulars-Visitor": visitor_token.issue(customer=staff, seconds=60)})
    assert {said(ask(client, each)) for each in STAFFS} == {(401, "not-authenticated")}


def test_nothing_of_another_shop_is_there_by_whatever_address(api: JsonClient) -> None:
    models = (Profile, Segment, Slot, MerchandisingRule, Evaluation, RecommenderVersion)
    _make_what_places_name()
    named = [each for each in STAFFS if NAMED.search(each.path) and not each.path.startswith("/api/imports/")]
    assert {each.name for each in named if each.method == "get" and ask(api, each).status_code == 404} == SAYS_NOTHING
    for model in models:
        model.objects.update(shop="other")
    assert {each.name for each in named if ask(api, each).status_code != 404} == set()
    assert [model.objects.filter(shop="other").count() for model in models] == [2, 1, 1, 1, 1, 1]


NAMED = re.compile(r"/(x|1|user:1)/")
SAYS_NOTHING = {"segments_overrides_retrieve"}
"""The owner said nothing of `user:1`."""


def _make_what_places_name() -> None:
    one, other = (Profile.objects.create(key=f"user:{number}", kind="user", created_at=NOW) for number in (1, 2))
    ProfileMerge.objects.create(pk=1, source=other, target=one, at=NOW, cause="manual")
    make_segment("x", "orders.count() >= 3")
    make_variant(make_slot("x"), "x")
    MerchandisingRule.objects.create(pk=1, action="exclude", value="0")
    make_version(1, "active")
    make_evaluation(pk=1)


def test_no_answer_to_staff_is_kept_for_others(api: JsonClient) -> None:
    for each in [each for each in STAFFS if each.method == "get"]:
        response = api.get(each.path)
        assert "private" in response["Cache-Control"], each
        assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", ")), each


def test_every_body_refuses_what_it_has_no_field_for(api: JsonClient) -> None:
    document = json.loads(openapi.PATH.read_text())
    open_ones = set()
    for item in document["paths"].values():
        for operation in item.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                shape = _at(document, content["schema"])
                if shape.get("additionalProperties") is not False:
                    open_ones.add(operation["operationId"])
    # Its events have shapes of their own (tests/personalization/rest/test_events.py).
    assert open_ones <= {"events_tell"}


def _at(document: Any, schema: dict[str, Any]) -> dict[str, Any]:
    for name in schema["$ref"].removeprefix("#/").split("/") if "$ref" in schema else []:
        document = document[name]
    found: dict[str, Any] = document if "$ref" in schema else schema
    return found


def test_nothing_of_ours_fetches_an_address_that_somebody_gives() -> None:
    rooms = [Path(str(package.__file__)).parent for package in (segmentation, personalization)]
    imports = {name for room in rooms for path in room.rglob("*.py") for name in _imported(path)}
    assert "django.http" in imports
    fetching = re.compile(r"(urllib\.request|urllib3|http\.client|requests|httpx|aiohttp|ftplib|smtplib)(\..*)?")
    assert [name for name in imports if fetching.fullmatch(name)] == []


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_a_secret_is_told_nowhere(staff: User, caplog: Any, monkeypatch: Any) -> None:
    caplog.set_level(logging.DEBUG)
    token, secret = issue("till", staff, ApiToken.Scope.WRITE, now=NOW)
    client = JsonClient(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)
    body = {"slug": "often", "text": "orders.count() >= 3"}
    assert client.post("/api/segments/", body, headers={"Idempotency-Key": "k"}).status_code == 201
    monkeypatch.setattr("segmentation.rest.segments.status.status", lambda **_said: 1 / 0)
    failed = client.get("/api/status/")
    assert said(failed) == (500, "internal")
    assert "division" not in failed.content.decode()
    entries = [f"{each.object_repr} {each.change_message}" for each in LogEntry.objects.all()]
    kept = [str(row) for model in (KeptAnswer, ApiToken) for row in model.objects.values()]
    told = "\n".join([*entries, *kept, caplog.text, repr(token), str(token)])
    assert "division by zero" in told
    assert "till" in "".join(entries)
    assert secret not in told
    assert secret[8:] not in told
    assert digest(secret) not in "\n".join([*entries, caplog.text, repr(token)])
