"""A shop elsewhere, and the machine that pushes its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.fields.json import KT

from segmentation import receivers
from segmentation.models import ApiToken
from segmentation.rest.base.keys import issue
from segmentation.sources import Column
from segmentation.sources.stored import StoredSource
from shopdemo.shop.models import User
from tests.cast import NOW
from tests.rest.conftest import JsonClient

ALL = [f"regulars_segmentation.{verb}_imported" for verb in ("add", "change", "delete")]


class Elsewhere(StoredSource):
    """Has a tier of its own, and gifts on lines."""

    customers = StoredSource.customers.replace(tier=Column(KT("extra__tier"), kind="text"))
    order_lines = StoredSource.order_lines.replace(
        gift=Column(lambda line: line.extra.get("gift", ""), kind="text"), channel=Column(KT("order__extra__till"), kind="text")
    )


@pytest.fixture(autouse=True)
def elsewhere(use_source: Callable[..., Any]) -> None:
    """The shop is elsewhere, and heard."""
    use_source(Elsewhere)
    receivers.connect()


@pytest.fixture
def machine(clerk: Callable[..., User]) -> Callable[..., JsonClient]:
    """A machine with these rights and a token that may write."""

    def make(*rights: str) -> JsonClient:
        _token, secret = issue("till", clerk(*rights), ApiToken.Scope.WRITE, now=NOW)
        return JsonClient(headers={"Authorization": f"Bearer {secret}"})

    return make


@pytest.fixture
def pusher(machine: Callable[..., JsonClient]) -> JsonClient:
    """May push and take away everything."""
    models = ("customer", "product", "order", "refund", "cart", "wishlistitem")
    return machine(*(right + model for right in ALL for model in models))


def push(client: JsonClient, relation: str, *rows: Any, **more: Any) -> Any:
    """Push these rows."""
    return client.post(f"/api/imports/{relation}/", {"rows": list(rows), **more})


def pushed(client: JsonClient, relation: str, *rows: Any, **more: Any) -> dict[str, int]:
    """What became of the rows: the counts that are not 0."""
    response = push(client, relation, *rows, **more)
    assert response.status_code == 200, response.content
    return {name: count for name, count in response.json().items() if count}


def told(response: Any) -> list[tuple[str, str]]:
    """(pointer, what is wrong) of a refusal."""
    assert response.status_code == 400, response.content
    return [(error["pointer"], error["detail"]) for error in response.json()["errors"]]
