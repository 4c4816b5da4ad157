"""Months and weekdays as adverbs: Django's names of them stand in one case only, and with a capital where none belongs."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.messages import Message

MONTHS: tuple[Message, ...] = (
    pgettext_lazy("falls", "in January"),
    pgettext_lazy("falls", "in February"),
    pgettext_lazy("falls", "in March"),
    pgettext_lazy("falls", "in April"),
    pgettext_lazy("falls", "in May"),
    pgettext_lazy("falls", "in June"),
    pgettext_lazy("falls", "in July"),
    pgettext_lazy("falls", "in August"),
    pgettext_lazy("falls", "in September"),
    pgettext_lazy("falls", "in October"),
    pgettext_lazy("falls", "in November"),
    pgettext_lazy("falls", "in December"),
)

WEEKDAYS: tuple[Message, ...] = (
    pgettext_lazy("falls", "on a Monday"),
    pgettext_lazy("falls", "on a Tuesday"),
    pgettext_lazy("falls", "on a Wednesday"),
    pgettext_lazy("falls", "on a Thursday"),
    pgettext_lazy("falls", "on a Friday"),
    pgettext_lazy("falls", "on a Saturday"),
    pgettext_lazy("falls", "on a Sunday"),
)
"""From Monday on."""
