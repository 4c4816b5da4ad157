"""Our own format: a JSON object of relations, each a list of rows by canonical names, as `upsert` takes them.

{"customers": [{"customer_id": "7", …}], "orders": [{"order_id": "1001", …, "lines": […]}], "products": […], …}

Whoever the file knows from an order alone is a customer too, of whom nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from functools import partial
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.rules.values import Kind
from segmentation.sources.stored.entries import Entry, Refusal, last_of_each
from segmentation.sources.stored.files import JsonErrors, load_json
from segmentation.sources.stored.reading import read_moment
from segmentation.sources.stored.shapes import SHAPES
from segmentation.sources.stored.values import Wrong


class CanonicalRows:
    """Reads the relations in the order in which they build on one another. SourceError if the file is no such object.

    `zone` is that of times without an offset; a date alone is the beginning of its day there.
    """

    refund_prefix = ""

    def __init__(self, path: str | Path, zone: tzinfo | None = None) -> None:
        found, self.warnings = load_json(path)
        wrong = not isinstance(found, Mapping) or any(not isinstance(rows, list) for rows in found.values())
        if wrong or not found.keys() <= SHAPES.keys():
            said = {"path": path, "relations": ", ".join(SHAPES)}
            raise SourceError(_("%(path)s is no object of lists, named %(relations)s") % said)
        entries = [_entry(name, number, row, zone) for name in SHAPES for number, row in enumerate(found.get(name, []), 1)]
        self._entries = last_of_each(entries, self.warnings)
        self.total = len(self._entries)

    def entries(self) -> Iterator[Entry]:
        """An entry for each row, of several with one key the last; and one for each customer of an order without a row."""
        customers = [entry for entry in self._entries if entry.relation == "customers"]
        others = (entry for entry in self._entries if entry.relation != "customers")
        return chain(customers, _only_ordering(self._entries, {entry.key for entry in customers}), others)

    def errors_file(self, path: str) -> JsonErrors:
        """The refused rows as they came."""
        return JsonErrors(path)


def _only_ordering(entries: list[Entry], known: set[str]) -> Iterator[Entry]:
    """Customers whom only an order names. One who is stored already stays as she is, since nothing but her key is given."""
    orders = (entry for entry in entries if entry.relation == "orders" and entry.data and entry.data.get("customer"))
    named = {str(order.data["customer"]).strip(): order for order in orders if order.data}
    for key, order in named.items():
        if key and key not in known:
            data = {"customer_id": key}
            yield Entry("customers", key, order.row, [data], order.place, data, is_derived=True)


def _entry(relation: str, number: int, row: object, zone: tzinfo | None) -> Entry:
    if not isinstance(row, Mapping):
        return Entry(relation, "", number, [row], partial(_place, number), refusals=[Refusal(number, "", _("is no row"))])
    key = "\0".join(str(row.get(name)).strip() for name in SHAPES[relation].key)
    return Entry(relation, key, number, [row], partial(_place, number), _zoned(relation, row, zone) if zone else row)


def _zoned(relation: str, row: Mapping[str, object], zone: tzinfo) -> Mapping[str, object]:
    """The row with its times in the zone where they say none; what is no time stays, to be refused with the row."""
    times: dict[str, object] = {}
    for column, spec in SHAPES[relation].columns.items():
        if spec.kind is Kind.TIME and row.get(column):
            try:
                times[column] = read_moment(row[column], zone)
            except Wrong:
                continue
    return {**row, **times}


def _place(row: int, column: str) -> tuple[int, str]:
    return row, column
