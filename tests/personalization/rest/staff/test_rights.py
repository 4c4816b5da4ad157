"""Who may ask what: nobody without being known, staff by each right, a token that only reads, and nobody of another shop's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

from personalization.models import Evaluation, MerchandisingRule, RecommenderVersion, Slot, Variant
from shopdemo.shop.models import User
from tests.personalization.admin.recommending import make_evaluation, make_version
from tests.personalization.content.making import make_slot

ONE = 1_000_001
"""Id of the evaluation and of the merchandising rule."""


class Asked(NamedTuple):
    """What may be asked, and which rights it needs together; `changes` says whether anything is changed by it."""

    method: str
    path: str
    rights: Sequence[str]
    body: dict[str, Any] = {}
    changes: bool = True


NEW_RULE = {"action": "exclude", "kind": "product", "value": "0"}

ALL = [
    Asked("get", "content/slots/", ["view_slot"], changes=False),
    Asked("post", "content/slots/", ["add_slot"]),
    Asked("get", "content/slots/hero/", ["view_slot"], changes=False),
    Asked("patch", "content/slots/hero/", ["change_slot"]),
    Asked("delete", "content/slots/hero/", ["delete_slot", "delete_variant"]),
    Asked("post", "content/slots/hero/preview/", ["view_slot", "preview_slot"], changes=False),
    Asked("get", "content/slots/hero/variants/", ["view_variant"], changes=False),
    Asked("post", "content/slots/hero/variants/", ["add_variant"]),
    Asked("get", "content/slots/hero/variants/default/", ["view_variant"], changes=False),
    Asked("patch", "content/slots/hero/variants/default/", ["change_variant"]),
    Asked("delete", "content/slots/hero/variants/default/", ["delete_variant"]),
    Asked("get", "merchandising/", ["view_merchandisingrule"], changes=False),
    Asked("post", "merchandising/", ["add_merchandisingrule"]),
    Asked("get", f"merchandising/{ONE}/", ["view_merchandisingrule"], changes=False),
    Asked("patch", f"merchandising/{ONE}/", ["change_merchandisingrule"]),
    Asked("delete", f"merchandising/{ONE}/", ["delete_merchandisingrule"]),
    Asked("get", "recommenders/", ["view_recommenderversion"], changes=False),
    Asked("get", "recommenders/1/", ["view_recommenderversion"], changes=False),
    Asked("get", "recommenders/status/", ["view_recommenderversion"], changes=False),
    Asked("post", "recommenders/train/", ["view_recommenderversion", "train_recommender"]),
    Asked("post", "recommenders/1/switch/", ["view_recommenderversion", "train_recommender"]),
    Asked("get", "evaluations/", ["view_evaluation"], changes=False),
    Asked("get", f"evaluations/{ONE}/", ["view_evaluation"], changes=False),
    Asked("get", "measured/", ["view_shownlist"], changes=False),
    Asked("post", "recommendations/best_sellers/preview/", ["preview_recommendations"], changes=False),
]
NAMES = [f"{each.method} {each.path}" for each in ALL]


@pytest.fixture
def things(db: None) -> None:
    make_slot()
    make_version(1, "active")
    make_evaluation(pk=ONE)
    MerchandisingRule.objects.create(pk=ONE, action="exclude", value="0")


def ask(client: Any, asked: Asked) -> Any:
    send = getattr(client, asked.method)
    return send(f"/api/{asked.path}") if asked.method in ("get", "delete") else send(f"/api/{asked.path}", asked.body)


@pytest.mark.parametrize("asked", ALL, ids=NAMES)
def test_it_is_for_whom_it_is_for(
    things: None, asked: Asked, anybody: Any, clerk: Callable[..., User], logged_in: Any, bearer: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("personalization.rest.staff.recommenders.start", lambda task: None)
    assert ask(anybody, asked).status_code == 401
    customer = User.objects.create_user("customer@shop.test", "secret")
    assert ask(logged_in(customer), asked).status_code == 403
    rights = [f"regulars_personalization.{right}" for right in asked.rights]
    for number in range(len(rights)):
        almost = clerk(*rights[:number], *rights[number + 1 :], email=f"almost{number}@shop.test")
        assert ask(logged_in(almost), asked).status_code == 403
    may = clerk(*rights)
    read = ask(bearer(may, "read"), asked)
    if asked.changes:
        assert (read.status_code, read.json()["type"]) == (403, "urn:regulars:problem:read-only-token")
    else:
        assert read.status_code == 200
    # What is sent may make no sense: it was asked by somebody who may.
    assert ask(bearer(may), asked).status_code in (200, 201, 202, 204, 400)


@pytest.mark.parametrize("asked", [each for each in ALL if "hero" in each.path or str(ONE) in each.path or "/1/" in each.path])
def test_another_shops_are_not_there(things: None, asked: Asked, api: Any) -> None:
    for model in (Slot, MerchandisingRule, RecommenderVersion, Evaluation):
        model.objects.update(shop="other")
    assert ask(api, asked).status_code == 404
    assert Variant.objects.count() == 1


def test_a_list_has_the_own_shops_alone(things: None, api: Any) -> None:
    make_slot("other", shop="other")
    MerchandisingRule.objects.create(shop="other", action="exclude", value="0")
    make_version(2, shop="other")
    make_evaluation(shop="other")
    for path in ("content/slots/", "merchandising/", "recommenders/", "evaluations/"):
        assert len(api.get(f"/api/{path}").json()["results"]) == 1, path
