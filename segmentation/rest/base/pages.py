"""Lists come a page at a time, by a cursor: rows that are added or go meanwhile make nobody see one twice or miss one.

A cursor holds the values by which the last row stood where it stood, and the next page is what stands behind them. DRF's own
knows the first column of an order only, and loses its way where more than a thousand rows have the same: those of a first fill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from segmentation.rest.base.problems import wrong_parameter

CURSOR, PAGE_SIZE, ORDER = "cursor", "page_size", "order_by"

EXAMPLE = "https://shop.example/api/…/?cursor=W2ZhbHNlLFsxN11d%3A1wQxYz%3Ak0"

KINDS: Mapping[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "t": (datetime, datetime.isoformat, datetime.fromisoformat),
    "d": (date, date.isoformat, date.fromisoformat),
    "n": (Decimal, str, Decimal),
    "u": (UUID, str, UUID),
}
"""Tag -> type of a value that JSON does not know, and how it gets there and back. A datetime is a date too, so it comes first."""


class CursorPages(BasePagination):
    """`?cursor=…&page_size=…&order_by=…`: {next, previous, results}, the first two whole addresses or null.

    A view says by what its rows come with `ordering`, whose last column is unique and none of which is NULL; with `orderings`
    (name -> columns) it leaves the choice among several to who asks, the first if nothing is asked. Raises Failed (400) for what
    is none of them, and for a cursor that is not ours or of another order.
    """

    page_size = 50
    max_page_size = 200
    start: str | None = None
    end: str | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page."""
        self.address = request.build_absolute_uri()
        size = self._size(request)
        columns = self._columns(request, view)
        salt = f"{request.path}|{','.join(columns)}"
        back, values = self._position(request, salt, len(columns))
        order = tuple(map(_turned, columns)) if back else columns
        if values:
            queryset = queryset.filter(_behind(order, values))
        found = list(queryset.order_by(*order)[: size + 1])
        has_more, page = len(found) > size, found[:size]
        if back:
            page.reverse()
        self.has_next, self.has_previous = (bool(values), has_more) if back else (has_more, bool(values))
        if page:
            self.start, self.end = _ends(page, columns, salt)
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """The page."""
        return Response({"next": self.next_link(), "previous": self.previous_link(), "results": data})

    def next_link(self) -> str | None:
        """Address of what comes behind; None at the end."""
        return replace_query_param(self.address, CURSOR, self.end) if self.has_next and self.end else None

    def previous_link(self) -> str | None:
        """Address of what comes before; None at the beginning. Before a page that is empty by now, it is the whole list's."""
        if not self.has_previous:
            return None
        if self.start is None:
            return remove_query_param(self.address, CURSOR)
        return replace_query_param(self.address, CURSOR, self.start)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What may be asked, for the OpenAPI document."""
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        parameters = [
            _parameter(CURSOR, "Where the page begins: take `next` or `previous` of another page as it is.", {"type": "string"}),
            _parameter(PAGE_SIZE, "So many rows at most.", size),
        ]
        names = list(getattr(view, "orderings", {}))
        if names:
            words = {"type": "string", "enum": names, "default": names[0]}
            parameters.append(_parameter(ORDER, "By what the rows come; `-` turns it round.", words))
        return parameters

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Of the page, for the OpenAPI document."""
        link = {"type": ["string", "null"], "format": "uri", "example": None}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "Address of the next page.", "example": EXAMPLE},
                "previous": {**link, "description": "Address of the page before.", "example": None},
                "results": schema,
            },
        }

    def _size(self, request: Request) -> int:
        text = request.query_params.get(PAGE_SIZE)
        if text is None:
            return self.page_size
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
            raise wrong_parameter(PAGE_SIZE, _("This is no number of rows."))
        return min(int(text), self.max_page_size)

    def _columns(self, request: Request, view: Any) -> tuple[str, ...]:
        orderings: Mapping[str, Sequence[str]] = getattr(view, "orderings", {})
        name = request.query_params.get(ORDER)
        if name is not None and name not in orderings:
            raise wrong_parameter(ORDER, _("The rows do not come by this."))
        if not orderings:
            return tuple(view.ordering)
        return tuple(orderings[next(iter(orderings)) if name is None else name])

    def _position(self, request: Request, salt: str, count: int) -> tuple[bool, list[Any]]:
        """Whether it goes back, and from where; nowhere at the beginning."""
        text = request.query_params.get(CURSOR)
        if text is None:
            return False, []
        try:
            back, values = signing.Signer(salt=salt).unsign_object(text)
        except (signing.BadSignature, ValueError) as error:
            raise wrong_parameter(CURSOR, _("This is no place in this list.")) from error
        return back, [_loaded(value) for value in values]


def _ends(page: list[Any], columns: Sequence[str], salt: str) -> tuple[str, str]:
    """Cursors of what comes before and of what comes behind."""
    before, behind = [True, _stored(columns, page[0])], [False, _stored(columns, page[-1])]
    return sealed(before, salt), sealed(behind, salt)


def sealed(position: list[Any], salt: str) -> str:
    """The same for the same place, whenever it is asked: a page that did not change is the same page."""
    return signing.Signer(salt=salt).sign_object(position)


def _behind(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that stand behind these values. The first column is bounded on its own too, which is what an index can use."""
    behind = Q()
    for column, value in reversed(list(zip(order, values, strict=True))):
        name, beyond = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
        further = Q(**{f"{name}__{beyond}": value})
        behind = further | (Q(**{name: value}) & behind) if behind else further
    first, bound = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return behind & Q(**{f"{first}__{bound}": values[0]}) if len(order) > 1 else behind


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _stored(columns: Sequence[str], row: Any) -> list[Any]:
    return [_plain(_value(row, column.lstrip("-"))) for column in columns]


def _value(row: Any, name: str) -> Any:
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__") if not hasattr(row, name) else [name]:
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return next(([tag, write(value)] for tag, (kind, write, _read) in KINDS.items() if isinstance(value, kind)), value)


def _loaded(value: Any) -> Any:
    return KINDS[value[0]][2](value[1]) if isinstance(value, list) else value


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
