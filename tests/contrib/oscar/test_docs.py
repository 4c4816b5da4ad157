"""The sources in docs/oscar.md are sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from segmentation.contrib.oscar import OscarSource

PAGE = Path(__file__).parents[3] / "docs" / "oscar.md"
EXAMPLES = [block for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL) if "class Shop" in block]


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.django_db
def test_an_example(example: str) -> None:
    names: dict[str, type[OscarSource]] = {}
    exec("\n".join([*IMPORTS, example]), names)
    source = names["Shop"]()

    assert source.problems() == []
    assert [list(relation.read(list(relation.columns))) for relation in source.relations.values()] == [[]] * 9


IMPORTS = ["from oscar.core.loading import get_model", "from segmentation.contrib.oscar import OscarSource"]
