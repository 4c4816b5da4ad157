"""The values that a rule compares with, as an owner would write them."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.lists import COMMA, strung
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.voice import Voice
from segmentation.rules.tree import Value
from segmentation.rules.values import Kind, read_number

_QUOTED = pgettext_lazy("text", "“%(text)s”")
_MONEY = pgettext_lazy("money", "%(amount)s %(currency)s")
_PERCENT = pgettext_lazy("number", "%(number)s%%")
_TRUTHS: dict[bool, Message] = {True: pgettext_lazy("value", "yes"), False: pgettext_lazy("value", "no")}


def value_said(voice: Voice, kind: Kind | None, value: Value) -> str:
    """A value for a fact of some kind; of a fact that nobody knows, what looks like a number is one."""
    if isinstance(value, bool):
        return str(_TRUTHS[value])
    if isinstance(value, tuple):
        return strung([value_said(voice, kind, one) for one in value], COMMA)
    text = str(value or "")
    if kind is Kind.MONEY:
        return _MONEY % {"amount": number_said(text), "currency": voice.catalogue.base_currency}
    is_number = kind is Kind.NUMBER or (kind is None and read_number(text) is not None)
    return number_said(text) if is_number else quoted(text)


def quoted(text: str) -> str:
    """A text in the quotation marks of the language."""
    return _QUOTED % {"text": text}


def number_said(text: str) -> str:
    """A number with the language's decimal sign; what is none stays as it is written."""
    number = read_number(text)
    return text if number is None else number_format(number)


def percent_said(text: str, scale: int = 0) -> str:
    """A percentage; with a scale of 2, a share of 1."""
    number = read_number(text)
    if number is None:
        return text
    return _PERCENT % {"number": number_format((number.scaleb(scale)).normalize() if scale else number)}
