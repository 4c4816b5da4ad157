"""Files as shops send them: UTF-8 with or without a mark, or what an older Windows wrote."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.sources.stored.entries import Entry

UTF8 = "utf-8-sig"
WINDOWS = "cp1252"
ESCAPE = "surrogateescape"
"""Bytes that make no sense become halves of characters, so that the cell that holds them can be named."""

BEGINNING = 4096

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(path: str | Path) -> tuple[str, list[str]]:
    """The encoding of a file, and what is to be said about it. SourceError if it cannot be read, or is in none that we know."""
    try:
        with open(path, "rb") as file:
            if file.read(2) in _UTF16:
                raise SourceError(_("%(path)s is in UTF-16: save it as UTF-8") % {"path": path})
            file.seek(0)
            fits, strays = _tally(file)
    except OSError as error:
        raise SourceError(_("%(path)s cannot be read: %(error)s") % {"path": path, "error": error.strerror}) from error
    if not strays:
        return UTF8, []
    if not fits:
        return WINDOWS, [_("the file is not in UTF-8: read as Windows-1252")]
    return UTF8, [_("the file is in two encodings: rows that are not in UTF-8 are refused")]


def _tally(lines: Iterable[bytes]) -> tuple[int, int]:
    """(characters beyond ASCII in UTF-8, bytes that are none)."""
    fits = strays = 0
    for line in lines:
        if not line.isascii():
            beyond = [character for character in line.decode("utf-8", ESCAPE) if character > "\x7f"]
            lost = sum("\udc80" <= character <= "\udcff" for character in beyond)
            fits, strays = fits + len(beyond) - lost, strays + lost
    return fits, strays


def format_of(path: str | Path) -> str:
    """What made a file, by how it begins: an object is ours, a list WooCommerce's, a head with line items Shopify's, else a CSV.

    SourceError if it cannot be read.
    """
    encoding, _warnings = encoding_of(path)
    with open(path, encoding=encoding, errors=ESCAPE) as file:
        beginning = file.read(BEGINNING).lstrip()
    head = beginning.partition("\n")[0].casefold()
    return {"{": "json", "[": "woocommerce"}.get(beginning[:1], "shopify" if "lineitem" in head else "csv")


def load_json(path: str | Path) -> tuple[Any, list[str]]:
    """What a JSON file holds, numbers with a point as Decimal, and what is to be said about it. SourceError if it is none."""
    encoding, warnings = encoding_of(path)
    try:
        return json.loads(Path(path).read_text(encoding, ESCAPE), parse_float=Decimal), warnings
    except (ValueError, RecursionError) as error:
        raise SourceError(_("%(path)s is no JSON: %(error)s") % {"path": path, "error": error}) from error


@dataclass(slots=True)
class JsonErrors:
    """Refused entries as a list of {"relation", "row", "errors", "data"}."""

    path: str
    _refused: list[dict[str, Any]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Keep it until all is said."""
        errors = [{"column": refusal.column, "message": refusal.message} for refusal in entry.refusals]
        self._refused += [{"relation": entry.relation, "row": entry.row, "errors": errors, "data": data} for data in entry.kept]

    def close(self) -> None:
        """Write them, if there are any."""
        if self._refused:
            # ASCII: what could not be decoded stands there as the escape that names its byte.
            Path(self.path).write_text(json.dumps(self._refused, indent=2, default=str), "ascii")
