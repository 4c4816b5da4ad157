"""Segments inside segments, and stable shares of the base."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.durations import FOR_AT_LEAST, said
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.values import percent_said, quoted
from segmentation.facts.sentences.voice import Voice
from segmentation.facts.sentences.windows import window_said
from segmentation.rules.tree import Bucket, Member

_MEMBER: dict[str, Message] = {
    "in": pgettext_lazy("member", "in the segment %(segment)s"),
    "not_in": pgettext_lazy("member", "not in the segment %(segment)s"),
}
_SINCE = pgettext_lazy("member", "%(member)s %(duration)s")
_ENTERED = pgettext_lazy("member", "%(member)s, entered %(when)s")
_BUCKET = pgettext_lazy("bucket", "in a fixed random %(percent)s of all customers (draw %(salt)s, numbers %(first)d to %(last)d)")


def member_said(voice: Voice, leaf: Member, negated: bool) -> str:
    """Being in a segment or not, how long, and since when. Never unknown."""
    clause = _MEMBER[leaf.operator] % {"segment": quoted(leaf.segment)}
    if leaf.for_at_least is not None:
        clause = _SINCE % {"member": clause, "duration": said(FOR_AT_LEAST, leaf.for_at_least)}
    if leaf.entered is not None:
        clause = _ENTERED % {"member": clause, "when": window_said(voice, leaf.entered)}
    return clause


def bucket_said(voice: Voice, leaf: Bucket, negated: bool) -> str:
    """A share of the base that is always the same. Never unknown."""
    percent = percent_said(str(leaf.last - leaf.first + 1))
    return _BUCKET % {"percent": percent, "salt": quoted(leaf.salt), "first": leaf.first, "last": leaf.last}
