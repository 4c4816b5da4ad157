"""Short names for what texts are read into, and what is wrong with them."""

from __future__ import annotations

import pytest

from segmentation.errors import RuleError
from segmentation.rules import parse, tree
from segmentation.rules.tree import Attribute, Group

A = Attribute("a", "=", "1")
B = Attribute("b", "=", "2")
C = Attribute("c", "=", "3")


def row(*tests):
    """What stands in `where`: these tests of one row, all of them."""
    return Group("and", tuple(test if isinstance(test, tree.Below | Group) else tree.Test(*test) for test in tests))


def only_problem(text):
    """The one thing wrong with a text."""
    with pytest.raises(RuleError) as caught:
        parse(text)
    (problem,) = caught.value.problems
    return problem
