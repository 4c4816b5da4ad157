"""Rules bound to the catalogue that was made by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from segmentation.engine.bind import Others, bind
from segmentation.errors import RuleError
from segmentation.facts import Catalogue
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import AnyLeaf, Branch, RowFilter, RowGroup, Selection
from segmentation.rules import Rule, parse
from tests.facts.shop import CATALOGUE

PARIS = Calendar("Europe/Paris")
OTHERS = Others({"vip": "live", "dormant": "broken", "idea": "draft", "old": "archived"})
"""The segments that rules may refer to, and those that they may not."""

Told = tuple[str, str]
"""(path, message) of a problem."""


def bound(rule: Rule | str, others: Others = OTHERS, catalogue: Catalogue = CATALOGUE) -> Branch:
    """The root of one rule."""
    return bind({"": parse(rule) if isinstance(rule, str) else rule}, catalogue, PARIS, others).roots[""]


def only_leaf(rule: Rule | str, others: Others = OTHERS, catalogue: Catalogue = CATALOGUE) -> AnyLeaf:
    """The only leaf of one rule."""
    (leaf,) = bound(rule, others, catalogue).parts
    assert not isinstance(leaf, Branch)
    return leaf


def problems(rule: Rule | str, others: Others = OTHERS, catalogue: Catalogue = CATALOGUE) -> list[Told]:
    """All that is wrong with one rule."""
    with pytest.raises(RuleError) as caught:
        bound(rule, others, catalogue)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def told(refused: Mapping[str, RuleError]) -> dict[str, list[Told]]:
    """What is wrong with each of the rules that are refused."""
    return {key: [(problem.path, problem.message) for problem in error.problems] for key, error in refused.items()}


def rows(*parts: RowFilter) -> RowGroup:
    """What `where` with these parts is bound to."""
    return RowGroup("and", parts)


ORDERS = Selection("orders")
