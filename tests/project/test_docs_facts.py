"""docs/facts.md says what the catalogue knows."""

from __future__ import annotations

import re
from doctest import DocTestParser, DocTestRunner
from pathlib import Path
from unittest.mock import patch

import pytest

from segmentation.facts.custom import REGISTRY
from segmentation.facts.families import FAMILIES
from segmentation.facts.families.predictive import SORTS
from segmentation.facts.family import FamilyWords
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.rules.values import Kind
from segmentation.sources import canonical
from segmentation.sources.columns import ColumnSpec
from segmentation.sources.relation import Relation
from segmentation.testing import assert_in_segment, assert_not_in_segment, make_segment, refresh_now
from shopdemo.shop.models import User
from tests.cast import NOW

PAGE = (Path(__file__).parents[2] / "docs" / "facts.md").read_text()

RELATIONS = {relation.name: relation for relation in Relation.__subclasses__() if relation.__module__ == canonical.__name__}
SPEND = {"amount": ColumnSpec(Kind.MONEY), "at": ColumnSpec(Kind.TIME)}
SPELLED = {"customer": "customers"}
"""How rules write a relation that has another name."""


def facts_of(words: FamilyWords) -> list[str]:
    """A row of the table for each fact of a family."""
    rows = []
    for name, said in words.columns.items():
        written, _, column = name.partition(".")
        relation = RELATIONS.get(SPELLED.get(written, written))
        spec = relation.specs[column] if relation else SPEND[column]
        if spec.personal or (spec.key and not spec.asked):
            continue
        is_current = spec.current or bool(relation and relation.always_current)
        rows.append(row(name.replace("products.", "product."), spec.kind, is_current, spec.restricted, str(said.help)))
    for fact in REGISTRY.values():
        if fact.family is words.family and fact.computed.function.__module__.startswith("segmentation."):
            is_restricted = any(RELATIONS["customers"].specs[one.split(".")[1]].restricted for one in fact.computed.inputs)
            rows.append(row(fact.name, fact.kind, True, is_restricted, str(fact.help)))
    return rows


def row(name: str, kind: Kind, is_current: bool, is_restricted: bool, meaning: str) -> str:
    """One line of a table."""
    value = "today's" if is_current else "of its time"
    return f"| `{name}` | {kind} | {value}{', restricted' if is_restricted else ''} | {meaning} |"


def table(words: FamilyWords) -> str:
    """A family with its facts."""
    head = [f"### {words.label}", "", str(words.help), "", "| fact | kind | value | what it is |", "|--|--|--|--|"]
    return "\n".join([*head, *facts_of(words)])


@pytest.mark.parametrize("words", [words for words in FAMILIES.values() if words.columns], ids=lambda words: words.family)
def test_the_table_of_a_family_is_the_one_in_the_code(words: FamilyWords) -> None:
    assert table(words) in PAGE


def test_families_without_canonical_facts_are_told_too() -> None:
    for words in FAMILIES.values():
        assert f"### {words.label}\n\n{words.help}" in PAGE


def test_the_table_of_scores_is_the_one_in_the_code() -> None:
    rows = [row(f"score.{begins}…", Kind.NUMBER, True, False, str(meaning)) for begins, (_, meaning) in SORTS.items()]

    assert "\n".join(["| fact | kind | value | what it is |", "|--|--|--|--|", *rows, ""]) in PAGE.split("### Predictive")[1]


@pytest.mark.django_db
def test_the_example_of_a_score_can_be_asked() -> None:
    example = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    (rule,) = re.findall(r"^    (score\.\w+ between .*)$", PAGE, re.MULTILINE)
    people = [User.objects.create_user(f"u{pk}@shop.test", pk=pk) for pk in (17, 18, 19)]
    sync(now=NOW)
    Profile.objects.update(profiling=True)
    exec(example, {"__name__": "myshop.scores"})
    make_segment("feet", rule)
    refresh_now(now=NOW)

    assert_in_segment(people[0], "feet")
    assert_not_in_segment(people[1], "feet")
    assert_not_in_segment(people[2], "feet")


@pytest.mark.django_db
def test_the_example_of_choices_gives_what_it_says() -> None:
    for number, country in enumerate(["FR", "fr", "GB"]):
        User.objects.create_user(f"u{number}@shop.test", country=country)
    examples = DocTestParser().get_doctest(PAGE.replace("```\n", "\n"), {}, "facts.md", None, 0)
    assert len(examples.examples) == 4
    assert DocTestRunner().run(examples).failed == 0


@pytest.mark.django_db
def test_the_example_of_a_fact_of_ones_own_can_be_asked() -> None:
    example, _ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (rule,) = re.findall(r"^    (customer\.\w+ is true)$", PAGE, re.MULTILINE)
    with patch.dict(REGISTRY):
        exec(example, {"__name__": "myshop.facts"})
        people = [User.objects.create_user(f"{country}@shop.test", country=country) for country in ("NZ", "GB", "")]
        make_segment("south", rule)
        make_segment("elsewhere", f"not ({rule})")
        refresh_now(now=NOW)

        assert_in_segment(people[0], "south")
        assert_not_in_segment(people[1], "south")
        assert_in_segment(people[1], "elsewhere")
        assert_not_in_segment(people[2], "south")
        assert_not_in_segment(people[2], "elsewhere")
