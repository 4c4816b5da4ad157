"""`imports/orders/` and its like: up to 1,000 rows a request, and one row taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from segmentation.conf import conf
from segmentation.rest.base.history import DELETION, note
from segmentation.rest.base.problems import Failed, wrong_parameter
from segmentation.rest.base.rights import IsStaff, NamedRights
from segmentation.rest.base.views import StaffViewSet
from segmentation.rest.imports.asked import PushSerializer, faults, refused
from segmentation.sources import ShopSource, active_source
from segmentation.sources.stored import remove
from segmentation.sources.stored.extras import extras_of, is_read
from segmentation.sources.stored.pushing import Pushed, push
from segmentation.sources.stored.remove import remove_wish
from segmentation.sources.stored.shapes import shape_of

MOST_BYTES = 8_000_000
"""A thousand orders of a few lines are half a megabyte."""


class ImportViewSet(StaffViewSet):
    """Rows of one relation. Whoever may add and change the model's rows may push, whoever may delete them may take one away."""

    permission_classes = [IsStaff, NamedRights]
    serializer_class = PushSerializer
    pagination_class = None  # type: ignore[assignment]
    most_bytes = MOST_BYTES
    works_in_pieces = ("create",)
    relation: ClassVar[str]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """All of the rows or, where one is bad, none; in part if that is asked for."""
        source = self._source()
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rows, is_partial = asked.validated_data["rows"], asked.validated_data["partial"]
        pushed = push(
            self.relation,
            rows,
            now=timezone.now(),
            announce=asked.validated_data["announce"],
            whole=not is_partial,
            extras=extras_of(source, self.relation),
        )
        if pushed.rows.errors and not is_partial:
            raise refused(len(rows), pushed.rows.errors)
        return Response(_told(pushed))

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The row of this key."""
        self._source()
        shape = shape_of(self.relation)
        names = dict(zip(shape.key, self._key(request), strict=True))
        row = get_object_or_404(shape.model._default_manager.filter(shop=conf.shop, **names))
        self._remove(names)
        note(request, row, DELETION)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _key(self, request: Request) -> list[str]:
        return [self.kwargs["key"]]

    def _remove(self, names: Mapping[str, str]) -> None:
        remove(self.relation, names.values())

    def _source(self) -> ShopSource:
        """The shop's, which must read what is pushed: rows that nobody reads would be lost without a word."""
        source = active_source()
        if not is_read(source, self.relation):
            said = {"relation": self.relation}
            raise Failed(409, "not-stored", _("This shop's source does not read %(relation)s that are pushed to it.") % said)
        return source


def _told(pushed: Pushed) -> dict[str, Any]:
    found = pushed.rows
    errors = [{"pointer": fault.pointer, "detail": fault.detail, "code": fault.code} for fault in faults(found.errors)]
    return {
        "created": found.created,
        "updated": found.updated,
        "unchanged": found.unchanged,
        "repeated": found.repeated,
        "customers_created": pushed.customers,
        "refused": found.refused,
        "errors": errors,
    }


class WishImportViewSet(ImportViewSet):
    """Wishes, which two columns name: the query does, where one is taken away."""

    relation = "wishlist_items"

    def _key(self, request: Request) -> list[str]:
        return [_asked(request, name) for name in shape_of(self.relation).key]

    def _remove(self, names: Mapping[str, str]) -> None:
        remove_wish(**names)


def _asked(request: Request, name: str) -> str:
    value = request.query_params.get(name, "")
    if not value:
        raise wrong_parameter(name, _("This is required."))
    return value
