"""The first, the last or the n-th row: "the first order meets (total is at least 100 GBP)"."""

from __future__ import annotations

from segmentation.facts.sentences.fates import OF_ROW, is_negative, with_fate
from segmentation.facts.sentences.nouns import noun
from segmentation.facts.sentences.rows import row_meets
from segmentation.facts.sentences.voice import Voice
from segmentation.facts.sentences.windows import chosen
from segmentation.rules.tree import Group, Nth, Test


def nth_said(voice: Voice, leaf: Nth, negated: bool) -> str:
    """A row and its test. Without such a row, or where the test has no answer, it is not known."""
    rows = noun(leaf.field)
    row = rows.said("nth", n=leaf.which) if isinstance(leaf.which, int) else rows.said(leaf.which)
    said = row_meets(voice, chosen(voice, row, leaf.field, leaf.where, leaf.window), leaf.field, leaf.test, None)
    return with_fate(said, OF_ROW, leaf, negated, _forgets(leaf.test), such=rows.said("such"))


def _forgets(test: Group) -> bool:
    """Whether a test asks for something otherwise, so that one may think of those without such a row too."""
    return test.negated or any(
        _forgets(node) if isinstance(node, Group) else isinstance(node, Test) and is_negative(node.operator)
        for node in test.rules
    )
