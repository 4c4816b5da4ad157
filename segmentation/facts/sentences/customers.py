"""Conditions on customers: each kind of leaf and who says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from segmentation.facts.sentences.clauses import clause
from segmentation.facts.sentences.fates import OF_FACT, is_negative, is_never_unknown, with_fate
from segmentation.facts.sentences.groups import Speaker
from segmentation.facts.sentences.measures import behaviour_said
from segmentation.facts.sentences.members import bucket_said, member_said
from segmentation.facts.sentences.nth import nth_said
from segmentation.facts.sentences.patterns import pattern_said
from segmentation.facts.sentences.ranks import rank_said
from segmentation.facts.sentences.sequences import sequence_said
from segmentation.facts.sentences.voice import Voice, called
from segmentation.rules.tree import Attribute, Behaviour, Bucket, Member, Node, Nth, Pattern, Rank, Sequence


def attribute_said(voice: Voice, leaf: Attribute, negated: bool) -> str:
    """A fact of the customer under an operator."""
    fact = voice.attribute(leaf.field)
    name = called(fact, leaf.field)
    said = clause(voice, name, fact.kind if fact else None, leaf.operator, leaf.value)
    if is_never_unknown(leaf.operator):
        return said
    return with_fate(said, OF_FACT, leaf, negated, is_negative(leaf.operator), fact=name)


_LEAVES: dict[type, Callable[[Voice, Any, bool], str]] = {
    Attribute: attribute_said,
    Behaviour: behaviour_said,
    Nth: nth_said,
    Rank: rank_said,
    Member: member_said,
    Bucket: bucket_said,
    Sequence: sequence_said,
    Pattern: pattern_said,
}


class CustomerSpeaker(Speaker):
    """Says conditions on customers."""

    def leaf(self, node: Node, *, negated: bool) -> str:
        """A condition that has a kind."""
        say = _LEAVES.get(type(node))
        if say is None:
            raise TypeError(f"{node} is no condition on customers")
        return say(self.voice, node, negated)
