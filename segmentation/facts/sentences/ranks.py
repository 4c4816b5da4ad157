"""Places in the base: "among the top 10% by the sum of total over orders"."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import npgettext_lazy, pgettext, pgettext_lazy

from segmentation.facts.sentences.durations import STAYS, said
from segmentation.facts.sentences.fates import OF_MEASURE, with_fate
from segmentation.facts.sentences.measures import measured
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.values import percent_said
from segmentation.facts.sentences.voice import Voice, called
from segmentation.rules.tree import Rank
from segmentation.rules.values import RANKS

_PERCENT: dict[str, Message] = {
    "top_percent": pgettext_lazy("rank", "among the top %(percent)s by %(measure)s"),
    "bottom_percent": pgettext_lazy("rank", "among the bottom %(percent)s by %(measure)s"),
}

_COUNT: dict[str, Message] = {
    "top": npgettext_lazy("rank", "the top customer by %(measure)s", "among the top %(n)d customers by %(measure)s", "n"),
    "bottom": npgettext_lazy(
        "rank", "the bottom customer by %(measure)s", "among the bottom %(n)d customers by %(measure)s", "n"
    ),
}

_LEAVES_AT_PERCENT: dict[str, Message] = {
    "top_percent": pgettext_lazy("rank", "%(clause)s (members stay while among the top %(percent)s)"),
    "bottom_percent": pgettext_lazy("rank", "%(clause)s (members stay while among the bottom %(percent)s)"),
}

_LEAVES_AT_COUNT: dict[str, Message] = {
    "top": npgettext_lazy(
        "rank",
        "%(clause)s (the member stays while at the top)",
        "%(clause)s (members stay while among the top %(n)d)",
        "n",
    ),
    "bottom": npgettext_lazy(
        "rank",
        "%(clause)s (the member stays while at the bottom)",
        "%(clause)s (members stay while among the bottom %(n)d)",
        "n",
    ),
}

_STAYS = pgettext_lazy("rank", "%(clause)s (%(stays)s)")


def rank_said(voice: Voice, leaf: Rank, negated: bool) -> str:
    """A rank with who stays in although she has lost her place."""
    measure = measured(voice, leaf) if leaf.measure else called(voice.attribute(leaf.field), leaf.field)
    clause = _placed(leaf.operator, leaf.value, _PERCENT, _COUNT, measure=measure)
    for keeps in _KEPT.values():
        clause = keeps(clause, leaf)
    return with_fate(clause, OF_MEASURE, leaf, negated, is_negative=False)


def kept_said(leaf: Rank, kept: str) -> str:
    """Why a member is still in who has lost her place: "leave_at" or "min_stay" keeps her."""
    return _KEPT[kept](pgettext("rank", "no longer among them"), leaf)


def _leaves_at(clause: str, leaf: Rank) -> str:
    if leaf.leave_at is None:
        return clause
    return _placed(leaf.operator, leaf.leave_at, _LEAVES_AT_PERCENT, _LEAVES_AT_COUNT, clause=clause)


def _stays(clause: str, leaf: Rank) -> str:
    if leaf.min_stay is None:
        return clause
    return _STAYS % {"clause": clause, "stays": said(STAYS, leaf.min_stay)}


_KEPT: dict[str, Callable[[str, Rank], str]] = {"leave_at": _leaves_at, "min_stay": _stays}
"""What keeps members in -> how it is said behind the place that they would lose."""


def _placed(operator: str, value: str, percents: dict[str, Message], counts: dict[str, Message], **words: str) -> str:
    if RANKS[operator][1]:
        return percents[operator] % {"percent": percent_said(value), **words}
    return counts[operator] % {"n": int(value), **words}
