"""Segments that ask the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_noop

from segmentation.engine.lint.looked import Looked
from segmentation.errors import Problem
from segmentation.kernel.plan import AnyLeaf, Branch

MESSAGE = gettext_noop("the segment %(slug)s asks the same")


def warnings(looked: Looked) -> Iterator[Problem]:
    """The other segments whose rule is this one, however its conditions are ordered and nested."""
    shape = _shape(looked.root)
    for slug, root in looked.twins.items():
        if _shape(root) == shape:
            yield Problem("", MESSAGE, {"slug": slug})


def _shape(part: Branch | AnyLeaf) -> object:
    """Equal for parts that say the same in another order, or with needless parentheses."""
    part = _bare(part)
    if not isinstance(part, Branch):
        return part
    shapes = Counter(map(_shape, _flat(part)))  # each as often as it stands there, which `at least` counts
    return part.combinator, part.n, part.negated, frozenset(shapes.items())


def _flat(branch: Branch) -> Iterator[Branch | AnyLeaf]:
    """The parts of a branch, and those of an `and` in an `and` or an `or` in an `or` in its place."""
    for part in map(_bare, branch.parts):
        if isinstance(part, Branch) and part.combinator == branch.combinator != "at_least" and not part.negated:
            yield from _flat(part)
        else:
            yield part


def _bare(part: Branch | AnyLeaf) -> Branch | AnyLeaf:
    """Without parentheses around a single part."""
    while isinstance(part, Branch) and len(part.parts) == 1 and not part.negated:
        part = part.parts[0]
    return part
