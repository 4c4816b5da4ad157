"""Measures over rows: "at least 3 orders in the last 90 days", "the sum of total over orders is more than 500 GBP"."""

from __future__ import annotations

from django.utils.translation import npgettext_lazy, pgettext_lazy

from segmentation.facts.fact import Fact
from segmentation.facts.sentences.clauses import clause, compared
from segmentation.facts.sentences.counts import Countable, count_said
from segmentation.facts.sentences.fates import OF_MEASURE, is_negative, is_never_unknown, with_fate
from segmentation.facts.sentences.lists import COMMA, strung
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.nouns import noun
from segmentation.facts.sentences.rows import RowSpeaker
from segmentation.facts.sentences.values import percent_said
from segmentation.facts.sentences.voice import Voice, called
from segmentation.facts.sentences.windows import chosen, in_window
from segmentation.rules.tree import Behaviour, Rank, Value
from segmentation.rules.values import MEASURES, SIZES, Kind

_SUBJECTS: dict[str, Message] = {
    "count_distinct": pgettext_lazy("measure", "the number of different values of %(of)s over %(rows)s"),
    "sum": pgettext_lazy("measure", "the sum of %(of)s over %(rows)s"),
    "avg": pgettext_lazy("measure", "the average %(of)s of %(rows)s"),
    "min": pgettext_lazy("measure", "the lowest %(of)s of %(rows)s"),
    "max": pgettext_lazy("measure", "the highest %(of)s of %(rows)s"),
}

_SUBJECTS_OF_MOMENTS: dict[str, Message] = {
    "min": pgettext_lazy("measure", "the earliest %(of)s of %(rows)s"),
    "max": pgettext_lazy("measure", "the latest %(of)s of %(rows)s"),
}

_SHARE = pgettext_lazy("measure", "the share of %(rows)s where (%(condition)s)")
_SHARE_OF = pgettext_lazy("measure", "the share in the sum of %(of)s over %(rows)s of those where (%(condition)s)")
_DAYS_BETWEEN = pgettext_lazy("measure", "the average number of days between %(rows)s")

_DIFFERENT = Countable(
    none=pgettext_lazy("count", "no values of %(of)s"),
    counted=npgettext_lazy("count", "%(n)d different value of %(of)s", "%(n)d different values of %(of)s", "n"),
    up_to=npgettext_lazy("count: up to", "%(n)d different value of %(of)s", "%(n)d different values of %(of)s", "n"),
)
_DIFFERENT_OVER = pgettext_lazy("measure", "%(counted)s over %(rows)s")

_NEVER_UNKNOWN = ("count", "count_distinct")
_LITTLE = ("<", "<=")
"""Comparisons that those without any rows may be thought to meet."""


def behaviour_said(voice: Voice, leaf: Behaviour, negated: bool) -> str:
    """A measure against its limit."""
    said = _counted(voice, leaf) or _compared(voice, leaf)
    if leaf.measure in _NEVER_UNKNOWN or is_never_unknown(leaf.operator):
        return said
    forgets = is_negative(leaf.operator) or (leaf.operator in _LITTLE and leaf.measure != "sum")
    return with_fate(said, OF_MEASURE, leaf, negated, forgets)


def measured(voice: Voice, leaf: Behaviour | Rank) -> str:
    """What is measured: "the number of orders in the last 30 days"."""
    rows = noun(leaf.field)
    if leaf.measure == "count":
        return chosen(voice, rows.said("number"), leaf.field, leaf.where, leaf.window)
    if leaf.measure == "days_between":
        return _DAYS_BETWEEN % {"rows": chosen(voice, rows.said("between"), leaf.field, leaf.where, leaf.window)}
    fact = _of(voice, leaf)
    words = {"of": called(fact, leaf.of or "")}
    if leaf.measure == "share" and leaf.where:
        words |= {"rows": in_window(voice, rows.said("over"), leaf.window)}
        words |= {"condition": RowSpeaker(voice, leaf.field).whole(leaf.where)}
        return (_SHARE_OF if leaf.of else _SHARE) % words
    words |= {"rows": chosen(voice, rows.said("over"), leaf.field, leaf.where, leaf.window)}
    is_moment = fact is not None and fact.kind in (Kind.DATE, Kind.TIME)
    subjects = _SUBJECTS_OF_MOMENTS if is_moment and leaf.measure in _SUBJECTS_OF_MOMENTS else _SUBJECTS
    return subjects[str(leaf.measure)] % words


def _counted(voice: Voice, leaf: Behaviour) -> str | None:
    """A count as so many things, where its limits are whole numbers."""
    rows = noun(leaf.field)
    if leaf.measure == "count":
        said = count_said(rows.forms.some, leaf.operator, leaf.value, rows.words)
        return said and chosen(voice, said, leaf.field, leaf.where, leaf.window)
    if leaf.measure == "count_distinct":
        said = count_said(_DIFFERENT, leaf.operator, leaf.value, {"of": called(_of(voice, leaf), leaf.of or "")})
        over = chosen(voice, rows.said("over"), leaf.field, leaf.where, leaf.window)
        return said and _DIFFERENT_OVER % {"counted": said, "rows": over}
    return None


def _compared(voice: Voice, leaf: Behaviour) -> str:
    subject = measured(voice, leaf)
    if leaf.measure == "share" and leaf.operator in SIZES:
        return compared(subject, leaf.operator, leaf.value, _percents)
    fact = _of(voice, leaf)
    kind = Kind.NUMBER if MEASURES[leaf.measure].is_number else fact.kind if fact else None
    return clause(voice, subject, kind, leaf.operator, leaf.value)


def _percents(value: Value) -> str:
    shares = value if isinstance(value, tuple) else (value,)
    return strung([percent_said(str(one), scale=2) for one in shares], COMMA)


def _of(voice: Voice, leaf: Behaviour | Rank) -> Fact | None:
    return voice.columns(leaf.field).get(leaf.of or "")
