"""The docs say what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from segmentation.checks import SETTINGS
from segmentation.engine.bind import bind
from segmentation.engine.shop import active_shop
from segmentation.rules import format_rule, load, parse
from segmentation.rules.tree import LEAVES, leaves
from segmentation.rules.values import OPERATORS, WORDS, Kind

ROOT = Path(__file__).parents[2]
KINDS = tuple(leaf.__name__.lower() for leaf in LEAVES)
ROOT_OF = {"version": 1, "semantics": 1, "combinator": "and"}
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def operator_table() -> str:
    """The table of docs/rules.md, from the one table of operators."""
    rows = ["| text | JSON | kinds | value |", "|--|--|--|--|"]
    for operator in OPERATORS.values():
        kinds = "every kind" if operator.kinds == frozenset(Kind) else ", ".join(kind for kind in Kind if kind in operator.kinds)
        rows.append(f"| `{operator.text}` | `{operator.name}` | {kinds} | {operator.shape} |")
    return "\n".join(rows)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_is_reached_from_the_readme() -> None:
    linked = set(re.findall(r"\(docs/([a-z-]+\.md)\)", (ROOT / "README.md").read_text()))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} == linked


def test_the_operator_table_is_the_one_in_the_code() -> None:
    assert operator_table() in (ROOT / "docs" / "rules.md").read_text()


def test_every_example_rule_of_the_language_page_can_be_asked() -> None:
    text = (ROOT / "docs" / "rules.md").read_text()
    examples = re.findall(r"^    ((?:customer|orders|spend)\b.*)$", text, re.MULTILINE)
    assert len(examples) == 6
    shop = active_shop()
    # The demo shop has no channel on its orders.
    rules = {example: parse(example.replace("channel", "country")) for example in examples}
    assert set(bind(dict(rules), shop.catalogue, shop.calendar).roots) == set(examples)


def test_the_json_example_is_a_rule() -> None:
    text = (ROOT / "docs" / "rules.md").read_text()
    example = re.search(r'^    (\{"version".*?\]\})$', text, re.MULTILINE | re.DOTALL)
    assert example
    rule = load(json.loads(example[1]))
    assert format_rule(rule) == 'customer.country in ("FR", "PL") and orders.count(last 90 days) >= 3'


def test_every_kind_of_condition_is_shown_in_text_and_json() -> None:
    text = (ROOT / "docs" / "rules.md").read_text()
    lines = [line for line in text.splitlines() if re.match(rf"\| ({'|'.join(KINDS)}) \|", line)]
    written = [parse(example) for line in lines for example in re.findall(r"`([^`]+)`", line)]
    stored = [load(ROOT_OF | {"rules": [json.loads(line)]}) for line in re.findall(r'^    (\{"kind".*\})$', text, re.MULTILINE)]
    kinds = {type(leaf) for rule in (*written, *stored) for _, leaf in leaves(rule)}
    assert kinds == set(LEAVES)
    assert len(lines) == len(LEAVES)


def test_the_reserved_words_are_those_of_the_code() -> None:
    assert ", ".join(f"`{word}`" for word in sorted(WORDS)) in (ROOT / "docs" / "rules.md").read_text()


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    assert [name for name in SETTINGS if f'"{name}": ' not in text] == []


def test_every_check_is_documented() -> None:
    known = set(re.findall(r"segmentation\.[EW]\d{3}", (ROOT / "segmentation" / "checks.py").read_text()))
    told = set(re.findall(r"segmentation\.[EW]\d{3}", "".join(page.read_text() for page in PAGES)))
    assert told == known
