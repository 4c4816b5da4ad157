"""Conditions joined and negated; what a single one says is up to who speaks."""

from __future__ import annotations

from abc import ABC, abstractmethod

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.lists import AND, OR, SEMICOLON, strung
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.voice import Voice
from segmentation.rules.tree import Group, Node

_JOINED: dict[str, Message] = {"and": AND, "or": OR}
_AT_LEAST = pgettext_lazy("conditions", "at least %(n)d of these: (%(conditions)s)")
_NOT = pgettext_lazy("conditions", "the condition (%(condition)s) is not met")
_PARENTHESES = pgettext_lazy("conditions", "(%(condition)s)")


class Speaker(ABC):
    """Says nodes. `negated` tells whether an odd number of `not` stands above a node."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def whole(self, group: Group, *, negated: bool = False) -> str:
        """A group without parentheses around it, unless it is negated."""
        if group.negated:
            return _NOT % {"condition": self._joined(group, not negated)}
        return self._joined(group, negated)

    @abstractmethod
    def leaf(self, node: Node, *, negated: bool) -> str:
        """A condition as a clause."""

    def _joined(self, group: Group, negated: bool) -> str:
        if group.combinator == "at_least":
            said = [
                self.whole(node, negated=negated) if isinstance(node, Group) else self.leaf(node, negated=negated)
                for node in group.rules
            ]
            return _AT_LEAST % {"n": group.n, "conditions": strung(said, SEMICOLON)}
        return strung([self._part(node, negated) for node in group.rules], _JOINED[group.combinator])

    def _part(self, node: Node, negated: bool) -> str:
        """A member of a group, in parentheses where it has several members itself."""
        if not isinstance(node, Group):
            return self.leaf(node, negated=negated)
        said = self.whole(node, negated=negated)
        return said if _is_closed(node) else _PARENTHESES % {"condition": said}


def _is_closed(group: Group) -> bool:
    return group.negated or group.combinator == "at_least" or len(group.rules) == 1
