"""Conditions under which those of whom the answer is not known are easily forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from segmentation.engine.lint.looked import Looked
from segmentation.errors import Problem
from segmentation.rules.tree import Attribute
from segmentation.rules.values import OPERATORS

LEFT_OUT = gettext_noop(
    "customers without a known %(fact)s are left out; add “if unknown yes” to take them in, or “if unknown no” to say so"
)
TURNED = gettext_noop("what is unknown is settled before the “not” above turns it round: check whom “if unknown” takes in")


def warnings(looked: Looked) -> Iterator[Problem]:
    """Negative operators that leave the unknown open, and settled unknowns below a negation."""
    negated = looked.negated()
    for path, leaf, _ in looked.conditions():
        if path in negated and leaf.if_unknown != "unknown":
            yield Problem(path, TURNED)
        elif isinstance(leaf, Attribute) and OPERATORS[leaf.operator].negative and leaf.if_unknown == "unknown":
            yield Problem(path, LEFT_OUT, {"fact": leaf.field})
