"""What becomes of those for whom a condition is not known, said wherever it may surprise."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.messages import Message
from segmentation.rules.tree import Leaf
from segmentation.rules.values import OPERATORS

_NEVER_UNKNOWN = frozenset({"is_set", "is_not_set"})

OF_FACT: dict[str, Message] = {
    "in": pgettext_lazy("unknown", "%(clause)s (customers without a known %(fact)s are taken in)"),
    "out": pgettext_lazy("unknown", "%(clause)s (customers without a known %(fact)s are left out)"),
}

OF_MEASURE: dict[str, Message] = {
    "in": pgettext_lazy("unknown", "%(clause)s (customers for whom this is not known are taken in)"),
    "out": pgettext_lazy("unknown", "%(clause)s (customers for whom this is not known are left out)"),
}

OF_ROW: dict[str, Message] = {
    "in": pgettext_lazy("unknown", "%(clause)s (customers without %(such)s, or for whom this is not known, are taken in)"),
    "out": pgettext_lazy("unknown", "%(clause)s (customers without %(such)s, or for whom this is not known, are left out)"),
}


def with_fate(said: str, messages: dict[str, Message], leaf: Leaf, negated: bool, is_negative: bool, **words: str) -> str:
    """A clause with what becomes of those for whom it is not known, where that may surprise.

    What an unknown is taken for is settled before a negation turns it round.
    """
    if leaf.if_unknown == "unknown":
        fate = "out" if is_negative is not negated else ""
    else:
        fate = "in" if (leaf.if_unknown == "yes") is not negated else "out"
    return messages[fate] % {"clause": said, **words} if fate else said


def is_negative(operator: str) -> bool:
    """Whether an operator takes in what is otherwise, so that one may think of those without a value too."""
    return OPERATORS[operator].negative


def is_never_unknown(operator: str) -> bool:
    """Whether an operator has an answer for what has no value."""
    return operator in _NEVER_UNKNOWN
