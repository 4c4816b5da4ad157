"""A CSV file with a head: rows by number, cells by the name of their column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from django.utils.translation import gettext as _

from segmentation.sources.stored.entries import Entry
from segmentation.sources.stored.files import BEGINNING, ESCAPE, UTF8, encoding_of


class Row(NamedTuple):
    """A row; `number` is what a spreadsheet calls it. `fault` is why its cells are not known."""

    number: int
    cells: list[str]
    fault: str = ""


class CsvFile:
    """Reads a file as often as asked, row by row. SourceError if it cannot be read at all.

    `delimiter_of` tells from the first line what stands between cells.
    """

    def __init__(self, path: str | Path, delimiter_of: Callable[[str], str] = lambda line: ",") -> None:
        self._path = path
        self._encoding, self.warnings = encoding_of(path)
        with open(path, encoding=self._encoding, errors=ESCAPE, newline="") as file:
            self._delimiter = delimiter_of(file.readline(BEGINNING))
        self.head = next(self._read(), Row(1, [])).cells
        # Of two columns of one name the first counts.
        self._places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(self.head)))}

    def missing(self, columns: Sequence[str]) -> list[str]:
        """Those of the columns that the head does not have."""
        return [name for name in columns if name.casefold() not in self._places]

    def rows(self) -> Iterator[Row]:
        """All but the head and what is empty."""
        return (row for row in self._read() if row.number > 1)

    def cell(self, row: Row, column: str) -> str:
        """What stands there, "" where the file has no such column."""
        place = self._places.get(column.casefold(), len(row.cells))
        return row.cells[place].strip() if place < len(row.cells) else ""

    def fault(self, row: Row) -> str:
        """Why the cells of a row cannot be believed; "" if they can."""
        if row.fault or len(row.cells) <= len(self.head):
            return row.fault
        return _("has %(cells)d cells, the head has %(head)d") % {"cells": len(row.cells), "head": len(self.head)}

    def _read(self) -> Iterator[Row]:
        with open(self._path, encoding=self._encoding, errors=ESCAPE, newline="") as file:
            # Strict: a stray quotation mark would swallow the rows after it without a word.
            reader = csv.reader(file, strict=True, delimiter=self._delimiter)
            number = 0
            while True:
                number += 1
                try:
                    cells = next(reader, None)
                except csv.Error as error:
                    yield Row(number, [], str(error))
                    continue
                if cells is None:
                    return
                if cells:
                    yield Row(number, cells)


@dataclass(slots=True)
class CsvErrors:
    """Refused rows as they came, with their number and the reasons in two more columns: once mended, a file like any other."""

    path: str
    head: Sequence[str]
    _file: TextIO | None = None
    _writer: Any = None

    def add(self, entry: Entry) -> None:
        """Write its rows, each with what is wrong in it."""
        if self._writer is None:
            self._file = open(self.path, "w", encoding=UTF8, errors=ESCAPE, newline="")  # noqa: SIM115  see close()
            self._writer = csv.writer(self._file)
            self._writer.writerow([*self.head, "Error row", "Error"])
        for row in entry.kept:
            reasons = [f"{refusal.column}: {refusal.message}" for refusal in entry.refusals if refusal.row == row.number]
            cells = [*row.cells, *[""] * (len(self.head) - len(row.cells))]
            self._writer.writerow([*cells, row.number, "; ".join(reasons)])

    def close(self) -> None:
        """All is said."""
        if self._file:
            self._file.close()
