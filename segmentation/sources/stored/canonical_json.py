"""Our own format: a JSON object of relations, each a list of rows by canonical names, as `upsert` takes them.

{"customers": [{"customer_id": "7", …}], "orders": [{"order_id": "1001", …, "lines": […]}], "products": […], …}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.sources.stored.entries import Entry, Refusal, last_of_each
from segmentation.sources.stored.files import JsonErrors, load_json
from segmentation.sources.stored.shapes import SHAPES


class CanonicalRows:
    """Reads the relations in the order in which they build on one another. SourceError if the file is no such object."""

    refund_prefix = ""

    def __init__(self, path: str | Path) -> None:
        found, self.warnings = load_json(path)
        wrong = not isinstance(found, Mapping) or any(not isinstance(rows, list) for rows in found.values())
        if wrong or not found.keys() <= SHAPES.keys():
            said = {"path": path, "relations": ", ".join(SHAPES)}
            raise SourceError(_("%(path)s is no object of lists, named %(relations)s") % said)
        entries = [_entry(name, number, row) for name in SHAPES for number, row in enumerate(found.get(name, []), 1)]
        self._entries = last_of_each(entries, self.warnings)
        self.total = len(self._entries)

    def entries(self) -> Iterator[Entry]:
        """An entry for each row; of several with one key the last."""
        yield from self._entries

    def errors_file(self, path: str) -> JsonErrors:
        """The refused rows as they came."""
        return JsonErrors(path)


def _entry(relation: str, number: int, row: object) -> Entry:
    if not isinstance(row, Mapping):
        return Entry(relation, "", number, [row], partial(_place, number), refusals=[Refusal(number, "", _("is no row"))])
    key = "\0".join(str(row.get(name)).strip() for name in SHAPES[relation].key)
    return Entry(relation, key, number, [row], partial(_place, number), row)


def _place(row: int, column: str) -> tuple[int, str]:
    return row, column
