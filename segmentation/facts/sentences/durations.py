"""Lengths of time in words: a message for each unit and use, since languages bend unit and adjective with the number.

In a language whose one form stands for a single number only, that form may leave the number out ("w ciągu ostatniego dnia").
"""

from __future__ import annotations

from django.utils.translation import npgettext_lazy

from segmentation.facts.sentences.messages import Message
from segmentation.rules.tree import Duration

LAST: dict[str, Message] = {
    "minute": npgettext_lazy("when", "in the last %(n)d minute", "in the last %(n)d minutes", "n"),
    "hour": npgettext_lazy("when", "in the last %(n)d hour", "in the last %(n)d hours", "n"),
    "day": npgettext_lazy("when", "in the last %(n)d day", "in the last %(n)d days", "n"),
    "week": npgettext_lazy("when", "in the last %(n)d week", "in the last %(n)d weeks", "n"),
    "month": npgettext_lazy("when", "in the last %(n)d month", "in the last %(n)d months", "n"),
    "year": npgettext_lazy("when", "in the last %(n)d year", "in the last %(n)d years", "n"),
}
NOT_LAST: dict[str, Message] = {
    "minute": npgettext_lazy("when", "more than %(n)d minute ago", "more than %(n)d minutes ago", "n"),
    "hour": npgettext_lazy("when", "more than %(n)d hour ago", "more than %(n)d hours ago", "n"),
    "day": npgettext_lazy("when", "more than %(n)d day ago", "more than %(n)d days ago", "n"),
    "week": npgettext_lazy("when", "more than %(n)d week ago", "more than %(n)d weeks ago", "n"),
    "month": npgettext_lazy("when", "more than %(n)d month ago", "more than %(n)d months ago", "n"),
    "year": npgettext_lazy("when", "more than %(n)d year ago", "more than %(n)d years ago", "n"),
}
NEXT: dict[str, Message] = {
    "minute": npgettext_lazy("when", "in the next %(n)d minute", "in the next %(n)d minutes", "n"),
    "hour": npgettext_lazy("when", "in the next %(n)d hour", "in the next %(n)d hours", "n"),
    "day": npgettext_lazy("when", "in the next %(n)d day", "in the next %(n)d days", "n"),
    "week": npgettext_lazy("when", "in the next %(n)d week", "in the next %(n)d weeks", "n"),
    "month": npgettext_lazy("when", "in the next %(n)d month", "in the next %(n)d months", "n"),
    "year": npgettext_lazy("when", "in the next %(n)d year", "in the next %(n)d years", "n"),
}
WITHIN: dict[str, Message] = {
    "minute": npgettext_lazy("how long", "within %(n)d minute", "within %(n)d minutes", "n"),
    "hour": npgettext_lazy("how long", "within %(n)d hour", "within %(n)d hours", "n"),
    "day": npgettext_lazy("how long", "within %(n)d day", "within %(n)d days", "n"),
    "week": npgettext_lazy("how long", "within %(n)d week", "within %(n)d weeks", "n"),
}
FOR_AT_LEAST: dict[str, Message] = {
    "minute": npgettext_lazy("how long", "for at least %(n)d minute", "for at least %(n)d minutes", "n"),
    "hour": npgettext_lazy("how long", "for at least %(n)d hour", "for at least %(n)d hours", "n"),
    "day": npgettext_lazy("how long", "for at least %(n)d day", "for at least %(n)d days", "n"),
    "week": npgettext_lazy("how long", "for at least %(n)d week", "for at least %(n)d weeks", "n"),
    "month": npgettext_lazy("how long", "for at least %(n)d month", "for at least %(n)d months", "n"),
    "year": npgettext_lazy("how long", "for at least %(n)d year", "for at least %(n)d years", "n"),
}
STAYS: dict[str, Message] = {
    "minute": npgettext_lazy("rank", "members stay for at least %(n)d minute", "members stay for at least %(n)d minutes", "n"),
    "hour": npgettext_lazy("rank", "members stay for at least %(n)d hour", "members stay for at least %(n)d hours", "n"),
    "day": npgettext_lazy("rank", "members stay for at least %(n)d day", "members stay for at least %(n)d days", "n"),
    "week": npgettext_lazy("rank", "members stay for at least %(n)d week", "members stay for at least %(n)d weeks", "n"),
    "month": npgettext_lazy("rank", "members stay for at least %(n)d month", "members stay for at least %(n)d months", "n"),
    "year": npgettext_lazy("rank", "members stay for at least %(n)d year", "members stay for at least %(n)d years", "n"),
}
IN_EACH: dict[str, Message] = {
    "day": npgettext_lazy("in each", "in the last %(n)d day", "in each of the last %(n)d days", "n"),
    "week": npgettext_lazy("in each", "in the last %(n)d week", "in each of the last %(n)d weeks", "n"),
    "month": npgettext_lazy("in each", "in the last %(n)d month", "in each of the last %(n)d months", "n"),
    "year": npgettext_lazy("in each", "in the last %(n)d year", "in each of the last %(n)d years", "n"),
}
IN_EACH_BEFORE: dict[str, Message] = {
    "day": npgettext_lazy("in each", "in the %(n)d day before that", "in each of the %(n)d days before that", "n"),
    "week": npgettext_lazy("in each", "in the %(n)d week before that", "in each of the %(n)d weeks before that", "n"),
    "month": npgettext_lazy("in each", "in the %(n)d month before that", "in each of the %(n)d months before that", "n"),
    "year": npgettext_lazy("in each", "in the %(n)d year before that", "in each of the %(n)d years before that", "n"),
}
PERIODS = npgettext_lazy("in each", "in the last period of %(length)s", "in each of the last %(n)d periods of %(length)s", "n")
PERIODS_BEFORE = npgettext_lazy(
    "in each", "in the period of %(length)s before that", "in each of the %(n)d periods of %(length)s before that", "n"
)
LENGTH: dict[str, Message] = {
    "day": npgettext_lazy("periods of", "%(n)d day", "%(n)d days", "n"),
    "week": npgettext_lazy("periods of", "%(n)d week", "%(n)d weeks", "n"),
    "month": npgettext_lazy("periods of", "%(n)d month", "%(n)d months", "n"),
    "year": npgettext_lazy("periods of", "%(n)d year", "%(n)d years", "n"),
}
IN_BEFORE: dict[str, Message] = {
    "day": npgettext_lazy("in all", "in the %(n)d day before that", "in the %(n)d days before that", "n"),
    "week": npgettext_lazy("in all", "in the %(n)d week before that", "in the %(n)d weeks before that", "n"),
    "month": npgettext_lazy("in all", "in the %(n)d month before that", "in the %(n)d months before that", "n"),
    "year": npgettext_lazy("in all", "in the %(n)d year before that", "in the %(n)d years before that", "n"),
}


def said(table: dict[str, Message], duration: Duration) -> str:
    """A duration in the words of one of the tables above."""
    return table[duration.unit] % {"n": duration.n}
