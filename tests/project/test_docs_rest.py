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

from segmentation.membership import define
from segmentation.models import ApiToken, ImportedOrder, Segment
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


def test_every_test_of_the_table_of_threats_is_there() -> None:
    tests, where = Path(__file__).parents[1], ""
    rows = re.findall(r"^\|.*\| (`.*`) \|$", (DOCS / "rest.md").read_text().partition("\n## Security\n")[2], re.MULTILINE)
    assert len(rows) > 15
    for name in re.findall(r"`([^`]+)`", " ".join(rows)):
        where, _colons, test = name.rpartition("::") if "::" in name else (where, "", name)
        assert f"def {test}(" in (tests / where).read_text(), name


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


def test_a_machine_reads_changes_and_asks_once(
    transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    owner = User.objects.create_superuser("owner@shop.test", "secret")
    _token, secret = issue("till", owner, ApiToken.Scope.WRITE, now=timezone.now())
    monkeypatch.setenv("REGULARS_URL", f"{live_server.url}/api")
    monkeypatch.setenv("REGULARS_TOKEN", secret)
    define("always", "orders.count() >= 0", name="Always", now=timezone.now(), state="live")
    names: dict[str, Any] = {}
    exec(blocks("rest.md", "python")[-1], names)
    assert names["made"].status_code == 201
    assert capsys.readouterr().out.strip() == "['Always', 'Often here']"
    assert Segment.objects.get(slug="often").name == "Often here"


def test_every_problem_is_in_the_table_or_on_the_page_of_what_has_it() -> None:
    told = {code for page in DOCS.glob("*.md") for code in re.findall(r"`([a-z-]+)`", page.read_text())}
    sources = [
        path.read_text() for app in ("segmentation", "personalization") for path in (DOCS.parent / app / "rest").rglob("*.py")
    ]
    known = {code for text in sources for code in re.findall(r'(?:Failed|Kind)\(\s*\d{3}, "([a-z-]+)"', text)}
    assert len(known) > 20
    assert known - told == set()
