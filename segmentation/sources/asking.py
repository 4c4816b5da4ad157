"""Rows of a relation by one of its columns, for whoever asks often: what the database is told is worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import get_language

from segmentation.errors import SourceError
from segmentation.models.batch import batches
from segmentation.models.question import MOST_VALUES, Question
from segmentation.sources.columns import ResolvedColumn
from segmentation.sources.holding import held
from segmentation.sources.reading import Filter, Row, aliases_of, annotated, checked, expression_of, values_of

SOUGHT = "regulars_where_0"


class RowQuestion:
    """Asks for the values of `columns` of the rows whose column `by` is one of those given; the database must know them all."""

    def __init__(
        self, relation: str, queryset: QuerySet[Any, Any], columns: Sequence[ResolvedColumn], by: ResolvedColumn
    ) -> None:
        self._relation, self._queryset, self._columns, self._by = relation, queryset, columns, by
        # Some fields of shops are another column in each language.
        self._questions: defaultdict[str | None, Question] = defaultdict(lambda: Question(self._of))
        field: Any = queryset.alias(**{SOUGHT: expression_of(by, queryset)}).query.annotations[SOUGHT].output_field
        self._prepare = getattr(field, "target_field", field).get_db_prep_value

    def rows(self, values: Collection[Any]) -> list[Row]:
        """Rows as `Relation.read` gives them; one query, or one per 500 values, and none for what the field cannot hold."""
        connection = connections[self._queryset.db]
        prepare = partial(self._prepare, connection=connection)
        taken = [prepared for _, prepared in held(prepare, values)]
        try:
            question = self._questions[get_language()]
            rows = [row for few in batches(taken, MOST_VALUES) for row in question.rows(connection, few)]
        except Exception as error:
            raise SourceError(f"{self._relation} could not be read: {type(error).__name__}: {error}") from error
        width = len(self._columns)
        return checked(self._columns, rows if not rows or len(rows[0]) == width else [row[:width] for row in rows])

    def _of(self, values: Sequence[Any]) -> QuerySet[Any, Any]:
        part = Filter(self._by, values).apply(self._queryset, SOUGHT, list(values))
        return values_of(annotated(part, self._columns), list(aliases_of(self._columns).values()))
