"""Files of rates: those of the European Central Bank, and a plain table of a shop's own."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.models.rate import CODE_LENGTH, DIGITS, PLACES
from segmentation.sources.rates_stored import PIVOT, Quote
from segmentation.sources.rates_table import code_of, read_rate

MOST_BYTES = 100_000_000
"""Twenty times the bank's whole history: a zip of more is a trap."""

NOT_AVAILABLE = frozenset({"", "N/A"})
"""What the bank writes where it has no rate."""

BANKS_DAY = "%d %B %Y"
"""How the bank writes the day in its file of today."""

PLAIN_HEAD = ("currency", "day", "rate")


class Refusal(NamedTuple):
    """What is wrong in the file: in which of its rows (the head is row 1), in which of its columns."""

    row: int
    column: str
    message: str


class FileRates(NamedTuple):
    """What a file gives, and what it gives that cannot be."""

    quotes: list[Quote]
    refusals: list[Refusal]


class Wrong(ValueError):
    """A cell that cannot be; the message says what is wrong with it."""


class Columns(NamedTuple):
    """Where the parts of a rate stand, as a refusal names the place."""

    currency: str
    day: str
    rate: str


class Cell(NamedTuple):
    """A rate as a file has it: the texts of its parts, and where they stand."""

    row: int
    columns: Columns
    base: str
    quote: str
    day: str
    rate: str


def read_ecb(path: str | Path) -> FileRates:
    """The bank's eurofxref or eurofxref-hist, as CSV, as zip of it or as XML. Raises SourceError if it is none of them."""
    text = _text(path)
    cells = _xml_cells(text, path) if text.lstrip().startswith("<") else _csv_cells(text, path)
    return _read(cell for cell in cells if cell.rate.strip() not in NOT_AVAILABLE)


def read_plain(path: str | Path, base: str) -> FileRates:
    """A CSV of currency, day and rate: one unit was worth so many of `base`. Raises SourceError if it has not these columns."""
    rows = _rows(_text(path), path)
    head = [name.strip().casefold() for name in next(rows, [])]
    missing = [name for name in PLAIN_HEAD if name not in head]
    if missing:
        raise SourceError(_("%(path)s has no column %(names)s") % {"path": path, "names": ", ".join(missing)})
    currency, day, rate = (head.index(name) for name in PLAIN_HEAD)
    padded = ((number, [*row, *[""] * len(head)]) for number, row in enumerate(rows, 2) if any(row))
    columns = Columns(*PLAIN_HEAD)
    return _read(Cell(number, columns, row[currency], base, row[day], row[rate]) for number, row in padded)


def _text(path: str | Path) -> str:
    try:
        content = Path(path).read_bytes()
        if zipfile.is_zipfile(BytesIO(content)):
            content = _unzipped(content, path)
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: it has a password
        raise SourceError(_("%(path)s cannot be read: %(error)s") % {"path": path, "error": error}) from error


def _unzipped(content: bytes, path: str | Path) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(files) != 1 or files[0].file_size > MOST_BYTES:
            raise SourceError(_("%(path)s must hold one file of rates") % {"path": path})
        return archive.read(files[0])


def _rows(text: str, path: str | Path) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(text))
    except csv.Error as error:
        raise SourceError(_("%(path)s cannot be read: %(error)s") % {"path": path, "error": error}) from error


def _csv_cells(text: str, path: str | Path) -> Iterator[Cell]:
    rows = _rows(text, path)
    head = [name.strip() for name in next(rows, [])]
    if not head or head[0].casefold() != "date":
        raise SourceError(_("%(path)s is no file of the European Central Bank") % {"path": path})
    for number, row in enumerate(rows, 2):
        for currency, rate in list(zip(head, row, strict=False))[1:]:
            yield Cell(number, Columns(currency, head[0], currency), PIVOT, currency, row[0], rate)


def _xml_cells(text: str, path: str | Path) -> Iterator[Cell]:
    try:
        cubes = [element for element in ElementTree.fromstring(text).iter() if element.tag.endswith("Cube")]
    except ElementTree.ParseError as error:
        raise SourceError(_("%(path)s cannot be read: %(error)s") % {"path": path, "error": error}) from error
    days = [cube for cube in cubes if "time" in cube.attrib]
    if not days:
        raise SourceError(_("%(path)s is no file of the European Central Bank") % {"path": path})
    for number, cube in enumerate(days, 1):
        for each in cube:
            currency = each.get("currency", "")
            columns = Columns(currency, "time", currency)
            yield Cell(number, columns, PIVOT, currency, cube.attrib["time"], each.get("rate", ""))


def _read(cells: Iterator[Cell]) -> FileRates:
    quotes: list[Quote] = []
    refusals: dict[Refusal, None] = {}  # the day of a row of the bank's is refused once, not once a currency
    for cell in cells:
        found = {}
        for part, (read, column) in _PARTS.items():
            try:
                found[part] = read(getattr(cell, part))
            except Wrong as error:
                refusals[Refusal(cell.row, getattr(cell.columns, column), str(error))] = None
        if len(found) == len(_PARTS) and found["base"] == found["quote"]:
            refusals[Refusal(cell.row, cell.columns.currency, _("%(code)s is worth 1 of itself") % {"code": found["base"]})] = (
                None
            )
        elif len(found) == len(_PARTS):
            quotes.append(Quote(**found))
    return FileRates(quotes, list(refusals))


@lru_cache(maxsize=200)
def _code(text: str) -> str:
    code = code_of(text)
    if not (code.isascii() and code.isalnum() and len(code) <= CODE_LENGTH):
        raise Wrong(_("“%(text)s” is no currency") % {"text": text})
    return code


@lru_cache(maxsize=200)
def _day(text: str) -> date:
    for read in (date.fromisoformat, lambda each: datetime.strptime(each, BANKS_DAY).date()):  # noqa: DTZ007  a day has no zone
        try:
            return read(text.strip())
        except ValueError:
            continue
    raise Wrong(_("“%(text)s” is no day such as 2026-01-31") % {"text": text})


def _rate(text: str) -> Decimal:
    try:
        read_rate(text.strip())
    except ValueError as error:
        raise Wrong(str(error)) from error
    rate = Decimal(text.strip()).normalize()
    decimals = max(0, -int(rate.as_tuple().exponent))
    if len(rate.as_tuple().digits) > DIGITS or decimals > PLACES or rate.adjusted() >= DIGITS:
        said = {"text": text, "digits": DIGITS, "places": PLACES}
        raise Wrong(_("“%(text)s” has more than %(digits)d digits or %(places)d decimals") % said)
    return rate


_PARTS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "base": (_code, "currency"),
    "quote": (_code, "currency"),
    "day": (_day, "day"),
    "rate": (_rate, "rate"),
}
"""Part of a rate -> how it is read, and in which of the columns it stands."""
