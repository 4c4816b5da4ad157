"""docs/headless.md says what the code does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import BaseServer

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread
from pytest_django.live_server_helper import LiveServer

from segmentation.models import Segment
from shopdemo.segments import SEGMENTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "headless.md").read_text()


def blocks(language: str) -> list[str]:
    """What stands in code of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_every_operation_is_in_the_table() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text())
    there = {
        (method.upper(), path.removeprefix("/api/"))
        for path, item in document["paths"].items()
        for method, said in item.items()
        if isinstance(said, dict) and "front" in said.get("tags", ())
    }
    rows = [line for line in PAGE.splitlines() if re.match(r"\| `(GET|PUT|POST)", line)]
    told = {(method, path) for row in rows for method, path in re.findall(r"`([A-Z]+) ([^`?]+)`", row)}
    assert told == there


class OneByOne(ThreadedWSGIServer):
    """Answers one request after the other, as a database in memory has one connection: what is written after an answer would
    else stand in the transaction of the next one."""

    process_request = BaseServer.process_request


@pytest.fixture
def shop(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the demo."""
    monkeypatch.setattr(LiveServerThread, "server_class", OneByOne)
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.mark.django_db(transaction=True)
def test_the_example_in_python_runs(shop: str, configure: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    from django.utils import timezone

    from shopdemo.demo.segmenting import define_missing
    from shopdemo.progress import silent

    configure(PROFILING_CONSENT="activity", CHANGES="inline")
    define_missing(timezone.now(), silent, [segment for segment in SEGMENTS if segment.slug == "browse-abandoners"])
    assert Segment.objects.get().is_published
    example = next(block for block in blocks("python") if "urlopen" in block)
    exec(example.replace("http://localhost:8000", shop), {})
    assert capsys.readouterr().out == "['browse-abandoners'] GB\n"
