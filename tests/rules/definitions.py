"""Stored definitions to read, and what is wrong with them."""

from __future__ import annotations

import pytest

from segmentation.errors import RuleError
from segmentation.rules import load

HEAD = {"version": 1, "semantics": 1, "base_currency": "GBP"}
FRENCH = {"kind": "attribute", "field": "customer.country", "operator": "=", "value": "FR"}
FREQUENT = {"kind": "behaviour", "field": "orders", "measure": "count", "operator": ">=", "value": "3"}
LARGE = {"field": "total", "operator": ">", "value": "100"}


def root(*nodes, **more):
    """A stored root over these nodes."""
    return {**HEAD, "combinator": "and", "rules": list(nodes), **more}


def attribute(operator, value=None, **more):
    """A stored attribute leaf."""
    return {"kind": "attribute", "field": "customer.x", "operator": operator, "value": value, **more}


def nested(groups, leaf=FRENCH):
    """A group that holds a group that holds … a leaf: so many groups in all."""
    node = leaf
    for _ in range(groups):
        node = {"combinator": "and", "rules": [node]}
    return node


def problems(data):
    """(path, message) of everything for which `load` refuses."""
    with pytest.raises(RuleError) as caught:
        load(data)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def only_leaf(data):
    """The only leaf of a stored root."""
    (leaf,) = load(data).root.rules
    return leaf
