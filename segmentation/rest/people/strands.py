"""Rows of several tables as one list by time, a page at a time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from rest_framework.request import Request

from segmentation.rest.base.pages import CursorPages, sealed


@dataclass(frozen=True, slots=True)
class Strand:
    """One table's rows, which have a time `at`; `show` makes data of one."""

    name: str
    rows: QuerySet[Any]
    show: Callable[[Any], dict[str, Any]]


class Place(NamedTuple):
    """Where in the list: of rows at one time, those of a later strand are later, and of one strand those with a higher key."""

    at: datetime
    strand: int
    pk: int


class StrandPages(CursorPages):
    """`CursorPages` over strands, the latest first: one query a strand, however many rows there are."""

    def paginate_strands(self, strands: Sequence[Strand], request: Request) -> list[dict[str, Any]]:
        """The page that the request asks for. Raises Failed (400) for a cursor of another list."""
        self.address = request.build_absolute_uri()
        size = self._size(request)
        back, values = self._position(request, request.path, len(Place._fields))
        place = Place(*values) if values else None
        found = [
            (Place(row.at, number, row.pk), strand, row)
            for number, strand in enumerate(strands)
            for row in _beside(strand.rows, number, place, back)[: size + 1]
        ]
        choose = heapq.nsmallest if back else heapq.nlargest
        taken = choose(size + 1, found, key=lambda each: each[0])
        has_more, page = len(taken) > size, taken[:size]
        if back:
            page.reverse()
        self.has_next, self.has_previous = (bool(values), has_more) if back else (has_more, bool(values))
        if page:
            self.start, self.end = _cursor(True, page[0][0], request.path), _cursor(False, page[-1][0], request.path)
        return [{"kind": strand.name, "at": row.at, **strand.show(row)} for _place, strand, row in page]


def _cursor(back: bool, place: Place, salt: str) -> str:
    """As `CursorPages` reads it: a time is a text with a tag."""
    return sealed([back, [["t", place.at.isoformat()], place.strand, place.pk]], salt)


def _beside(rows: QuerySet[Any], number: int, place: Place | None, back: bool) -> QuerySet[Any]:
    """The rows of a strand on one side of a place, the nearest first."""
    ordered = rows.order_by("at", "pk") if back else rows.order_by("-at", "-pk")
    if place is None:
        return ordered
    beyond, is_whole = ("gt", number > place.strand) if back else ("lt", number < place.strand)
    there = Q(**{f"at__{beyond}": place.at})
    if is_whole:
        there |= Q(at=place.at)
    elif number == place.strand:
        there |= Q(at=place.at, **{f"pk__{beyond}": place.pk})
    return ordered.filter(there)
