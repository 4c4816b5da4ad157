from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from segmentation.rules import format_rule, parse
from shopdemo.segments import SEGMENTS, DemoSegment

DOCS = Path(settings.BASE_DIR, "docs", "demo-data.md")


def test_the_docs_list_them() -> None:
    rows = "".join(f"| {segment.slug} | `{segment.text}` |\n" for segment in SEGMENTS)
    assert rows in DOCS.read_text()


def test_there_are_enough_and_each_has_a_slug_of_its_own() -> None:
    assert len(SEGMENTS) >= 12
    assert len({segment.slug for segment in SEGMENTS}) == len(SEGMENTS)


@pytest.mark.parametrize("segment", SEGMENTS, ids=lambda segment: segment.slug)
def test_each_is_written_as_the_language_writes_it(segment: DemoSegment) -> None:
    assert format_rule(parse(segment.text)) == segment.text
