"""Several things in a row, as each language strings them together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.messages import Message

AND = pgettext_lazy("conditions", "%(left)s and %(right)s")
OR = pgettext_lazy("conditions", "%(left)s or %(right)s")
EITHER = pgettext_lazy("values", "%(left)s or %(right)s")
COMMA = pgettext_lazy("values", "%(left)s, %(right)s")
SEMICOLON = pgettext_lazy("conditions", "%(left)s; %(right)s")
THEN = pgettext_lazy("steps", "%(left)s, then %(right)s")


def strung(parts: Iterable[str], by: Message) -> str:
    """The parts strung together by one of the above; there is at least one."""
    return reduce(lambda left, right: by % {"left": left, "right": right}, parts)


def alternatives(parts: Iterable[str]) -> str:
    """Commas, and "or" before the last."""
    *others, last = parts
    return strung([strung(others, COMMA), last], EITHER) if others else last
