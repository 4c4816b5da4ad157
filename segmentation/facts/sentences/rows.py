"""Conditions on one row, and rows with the condition on them."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.clauses import clause
from segmentation.facts.sentences.counts import some
from segmentation.facts.sentences.fates import is_negative, is_never_unknown
from segmentation.facts.sentences.groups import Speaker
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.nouns import noun
from segmentation.facts.sentences.voice import Voice, called
from segmentation.rules.tree import Below, Group, Node, Test

_WHERE = pgettext_lazy("rows", "%(rows)s where (%(condition)s)")
_MEETS = pgettext_lazy("rows", "%(row)s meets (%(condition)s)")
_HAS = pgettext_lazy("rows below", "it has %(rows)s")

NOT_COUNTED = pgettext_lazy("unknown", "%(clause)s (those without a known %(fact)s are not counted)")
NOT_MET = pgettext_lazy("unknown", "%(clause)s (not met where %(fact)s is not known)")


class RowSpeaker(Speaker):
    """Says conditions on the rows of a relation. `unknown` says what becomes of rows of which a test is not known."""

    def __init__(self, voice: Voice, relation: str, unknown: Message | None = NOT_COUNTED) -> None:
        super().__init__(voice)
        self._relation = relation
        self._columns = voice.columns(relation)
        self._unknown = unknown

    def leaf(self, node: Node, *, negated: bool) -> str:
        """A column of the row, or the rows below it."""
        if isinstance(node, Below):
            return self._below(node)
        if not isinstance(node, Test):
            raise TypeError(f"{node} is no condition on rows")
        fact = self._columns.get(node.field)
        name = called(fact, node.field)
        said = clause(self.voice, name, fact.kind if fact else None, node.operator, node.value)
        if self._unknown is None or is_never_unknown(node.operator) or is_negative(node.operator) is negated:
            return said
        return self._unknown % {"clause": said, "fact": name}

    def _below(self, node: Below) -> str:
        relation = self.voice.below(self._relation, node.path)
        rows = noun(relation)
        if node.quantifier == "all":
            return row_meets(self.voice, rows.said("every"), relation, node.where, NOT_MET)
        how_many = some(rows.forms.some, rows.words) if node.quantifier == "any" else rows.forms.some.none % rows.words
        return _HAS % {"rows": rows_where(self.voice, how_many, relation, node.where)}


def rows_where(voice: Voice, rows: str, relation: str, where: Group | None) -> str:
    """Rows of a relation, or so many of them, with the condition that they meet."""
    if where is None:
        return rows
    condition = RowSpeaker(voice, relation).whole(where)
    return _WHERE % {"rows": rows, "condition": condition}


def row_meets(voice: Voice, row: str, relation: str, test: Group, unknown: Message | None) -> str:
    """A condition that a certain row meets, or each of several."""
    condition = RowSpeaker(voice, relation, unknown).whole(test)
    return _MEETS % {"row": row, "condition": condition}
