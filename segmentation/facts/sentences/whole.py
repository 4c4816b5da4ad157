"""A whole rule, or one of its conditions, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import pgettext

from segmentation.facts.catalogue import Catalogue
from segmentation.facts.sentences.customers import CustomerSpeaker
from segmentation.facts.sentences.voice import Voice
from segmentation.kernel.moments import Calendar
from segmentation.rules.tree import Leaf, Rule


def sentence(rule: Rule, catalogue: Catalogue, now: datetime | None = None, calendar: Calendar | None = None) -> str:
    """The whole rule as one sentence; facts that the catalogue does not know are called by their names.

    With a moment and the shop's calendar, what goes by the calendar says its dates: "in the last 30 days (since …)".
    """
    condition = CustomerSpeaker(Voice(catalogue, now, calendar)).whole(rule.root)
    # "3 p.m." brings a full stop of its own.
    return pgettext("sentence", "Customers who match: %(condition)s.") % {"condition": condition.removesuffix(".")}


def leaf_sentence(leaf: Leaf, catalogue: Catalogue, now: datetime | None = None, calendar: Calendar | None = None) -> str:
    """One condition as a clause, without a full stop; dates as in a sentence."""
    return CustomerSpeaker(Voice(catalogue, now, calendar)).leaf(leaf, negated=False)
