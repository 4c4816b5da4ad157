"""Calls of the pages about REST, made as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.test import Client

DOCS = Path(__file__).parents[2] / "docs"
PREFIX = "$API"


def calls(page: str) -> list[tuple[str, list[int]]]:
    """The words behind each `curl` of the page, and the status that it says or may have."""
    found = re.findall(r"^    \$ curl (.*?)\n(?:    HTTP (\d+)\n)?", (DOCS / page).read_text(), re.MULTILINE)
    return [(words, [int(status)] if status else [200, 201, 204]) for words, status in found]


def ask(client: Client, words: str) -> Any:
    """What is answered to a call as the page writes it."""
    given = shlex.split(words)
    method = given[given.index("-X") + 1] if "-X" in given else "GET"
    body = given[given.index("-d") + 1] if "-d" in given else ""
    headers = dict(each.split(": ", 1) for flag, each in pairwise(given) if flag == "-H" and ": " in each)
    (address,) = (each for each in given if each.startswith(PREFIX))
    if body:
        json.loads(body)
    return client.generic(method, f"/api{address.removeprefix(PREFIX)}", body, "application/json", headers=headers)


def answers(page: str) -> list[Any]:
    """What the page shows as JSON, which it must be."""
    return [json.loads(answer) for answer in re.findall(r"```json\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)]
