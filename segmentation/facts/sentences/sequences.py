"""One thing after the other: "the sequence (an event where kind is “view”, then an order)"."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.durations import WITHIN, said
from segmentation.facts.sentences.lists import THEN, strung
from segmentation.facts.sentences.nouns import noun
from segmentation.facts.sentences.rows import rows_where
from segmentation.facts.sentences.voice import Voice
from segmentation.facts.sentences.windows import window_said
from segmentation.rules.tree import Sequence, Step

_WITHIN = pgettext_lazy("sequence", "%(steps)s, all %(within)s")
_WHEN = pgettext_lazy("sequence", "%(steps)s, %(when)s")
_NOT_THEN = pgettext_lazy("sequence", "%(steps)s, and %(rows)s after that")
_WHOLE = pgettext_lazy("sequence", "the sequence (%(steps)s)")


def sequence_said(voice: Voice, leaf: Sequence, negated: bool) -> str:
    """The steps, how close and when they were, and what did not follow. Never unknown."""
    steps = strung([_step(voice, step, noun(step.field).said("one")) for step in leaf.steps], THEN)
    if leaf.within is not None:
        steps = _WITHIN % {"steps": steps, "within": said(WITHIN, leaf.within)}
    if leaf.window is not None:
        steps = _WHEN % {"steps": steps, "when": window_said(voice, leaf.window)}
    if leaf.not_then is not None:
        missed = noun(leaf.not_then.field)
        steps = _NOT_THEN % {"steps": steps, "rows": _step(voice, leaf.not_then, missed.forms.some.none % missed.words)}
    return _WHOLE % {"steps": steps}


def _step(voice: Voice, step: Step, rows: str) -> str:
    return rows_where(voice, rows, step.field, step.where)
