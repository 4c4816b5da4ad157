"""Addresses of the relations that rows are pushed to."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, register_converter

from segmentation.rest.imports.relations import TOLD, view_of
from segmentation.sources.stored.shapes import SHAPES


class RowKeyConverter:
    """Whatever a shop calls its rows, slashes and line ends too, percent-encoded."""

    regex = r"(?s:.+)"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(RowKeyConverter, "regulars_row")


def _paths(relation: str) -> Iterator[URLPattern]:
    address, view = f"imports/{TOLD[relation].address}/", view_of(relation)
    if len(SHAPES[relation].key) > 1:  # the query names the row
        yield path(address, view.as_view({"post": "create", "delete": "destroy"}), name=f"import-{relation}")
        return
    yield path(address, view.as_view({"post": "create"}), name=f"import-{relation}")
    yield path(f"{address}<regulars_row:key>/", view.as_view({"delete": "destroy"}), name=f"import-{relation}-row")


addresses = [each for relation in SHAPES for each in _paths(relation)]
