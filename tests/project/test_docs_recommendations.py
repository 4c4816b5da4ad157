"""docs/recommendations.md has the strategies that there are; `python -m tests.project.test_docs_recommendations` writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personalization.recommend.strategies.base import Need, Strategy
from personalization.recommend.strategies.registry import STRATEGIES
from shopdemo.settings import CELERY_BEAT_SCHEDULE

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "recommendations.md"

NEEDS = {
    Need.PERSON: "a person who may be followed",
    Need.VIEWS: "products looked at",
    Need.SEGMENT: "a segment",
    Need.COUNTRY: "a country",
    Need.PRODUCT: "`product`",
    Need.BASKET: "`basket`",
    Need.WISHES: "`wishes`",
    Need.QUERY: "`query`",
}


def strategy_table() -> str:
    """A row for each strategy."""
    rows = ["| strategy | what | needs | filled by |", "|--|--|--|--|"]
    return "\n".join([*rows, *map(row, STRATEGIES.values())])


def row(strategy: Strategy) -> str:
    """One of them: the first line of what it says of itself."""
    what = (strategy.__doc__ or "").splitlines()[0].rstrip(".")
    needs = ", ".join(NEEDS[need] for need in sorted(strategy.needs)) or "nothing"
    filled = ", ".join(f"`{slug}`" for slug in strategy.chain) or "nothing"
    return f"| `{strategy.slug}` | {what} | {needs} | {filled} |"


def written(text: str) -> str:
    """The page with its table as the code has it."""
    block = f"<!-- strategies -->\n\n{strategy_table()}\n\n"
    return re.sub(r"<!-- strategies -->\n.*?(?=^“)", lambda _: block, text, flags=re.DOTALL | re.MULTILINE)


def test_the_table_is_the_one_in_the_code() -> None:
    text = PAGE.read_text()
    assert "<!-- strategies -->" in text
    assert written(text) == text


def test_every_strategy_of_an_example_is_there() -> None:
    slugs = set(re.findall(r'{% recommend(?:ations)? "(\w+)"', PAGE.read_text()))
    assert len(slugs) > 5
    assert slugs <= STRATEGIES.keys()


@pytest.mark.parametrize("page", sorted((ROOT / "shopdemo" / "shop" / "templates").rglob("*.html")), ids=lambda page: page.name)
def test_what_the_demos_pages_recommend_stands_in_the_table_of_pages(page: Path) -> None:
    table = PAGE.read_text().partition("| page | rows |")[2].partition("\n\n")[0]
    for slug in re.findall(r'{% recommend "(\w+)"', page.read_text()):
        assert f"`{slug}`" in table


def test_the_schedule_is_that_of_the_demo() -> None:
    told = set(re.findall(r'"(personalization\.tasks\.\w+)"', PAGE.read_text()))
    assert len(told) == 3
    assert told <= {entry["task"] for entry in CELERY_BEAT_SCHEDULE.values()}


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
