"""The examples of the pages about REST do what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from segmentation.models import ApiToken, ImportedOrder
from segmentation.rest.base.keys import issue
from segmentation.sources import ShopSource
from segmentation.sources.stored import StoredSource
from shopdemo.shop.models import User

DOCS = Path(__file__).parents[2] / "docs"
ROWS = 1_001


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / page).read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["rest-imports.md", "rest-people.md"])
def test_what_stands_there_as_json_is_json(page: str) -> None:
    assert [json.loads(block) for block in blocks(page, "json")]


@pytest.mark.parametrize("page", ["rest-imports.md", "rest-people.md"])
def test_every_address_is_in_the_schema(page: str) -> None:
    text = (DOCS / page).read_text()
    known = {path.removeprefix("/api/") for path in json.loads((DOCS / "openapi.json").read_text())["paths"]}
    told = set(re.findall(r"^\| `(?:GET |POST )?([^`]+/)`", text, re.MULTILINE))
    assert told
    assert told <= known


def test_a_nights_work(
    transactional_db: None,
    live_server: Any,
    use_source: Callable[[type[ShopSource]], ShopSource],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_source(StoredSource)
    owner = User.objects.create_superuser("owner@shop.test", "secret")
    _token, secret = issue("night", owner, ApiToken.Scope.WRITE, now=timezone.now())
    monkeypatch.setenv("REGULARS_URL", f"{live_server.url}/api")
    monkeypatch.setenv("REGULARS_TOKEN", secret)
    line = SimpleNamespace(sku="LAMP", pieces=2, total="39.80")
    orders = [
        SimpleNamespace(number=n, customer_id="17", placed_at=timezone.now(), total="39.80", currency="EUR", lines=[line])
        for n in range(ROWS)
    ]
    example, rows = blocks("rest-imports.md", "python")
    names: dict[str, Any] = {"changed_since_yesterday": lambda: orders}
    exec(example + rows, names)
    assert names["push"]("orders", names["rows"]) == (ROWS, 0)
    assert names["push"]("orders", names["rows"]) == (0, 0)
    assert ImportedOrder.objects.count() == ROWS
    with pytest.raises(SystemExit, match="/rows/0/total"):
        names["push"]("orders", [{**names["rows"][0], "total": 39.8}])
