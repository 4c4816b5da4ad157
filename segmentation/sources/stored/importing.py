"""A file of a shop elsewhere taken in: what is sound is stored, what is not is given back with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice

from segmentation.models.batch import BATCH
from segmentation.sources.stored.entries import Entry, ErrorsFile, Reader, Refusal
from segmentation.sources.stored.remove import remove, remove_other_refunds
from segmentation.sources.stored.upsert import upsert

TOLD = 20
"""Refusals that are told one by one; all of them are in the file of errors."""

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done."""


@dataclass(slots=True)
class Counts:
    """What became of the rows of one relation."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def changed(self) -> int:
        """Rows that are not what they were."""
        return self.created + self.updated + self.removed


@dataclass(slots=True)
class ImportReport:
    """What an import did. `left_out` are orders that do not count, by reason; `refused` the orders or rows given back."""

    relations: dict[str, Counts] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    """The first of them."""

    @property
    def changed(self) -> int:
        """Rows that are not what they were."""
        return sum(counts.changed for counts in self.relations.values())


def take_in(
    reader: Reader, errors: ErrorsFile | None = None, *, now: datetime, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Store what the file gives, in batches; the same file again changes nothing.

    Refused entries go to `errors`, if that is given. Nobody is told of the rows: the next refresh sees them. With `dry_run`
    nothing is stored.
    """
    intake = _Intake(reader.refund_prefix, errors, now, dry_run)
    done = 0
    with closing(errors) if errors else nullcontext():
        for batch in _batches(reader.entries()):
            intake.take(batch)
            done += sum(not entry.is_derived for entry in batch)
            if progress and not batch[0].is_derived:
                progress(done, reader.total)
    return intake.report


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Pieces of one relation each."""
    for _relation, run in groupby(entries, key=lambda entry: entry.relation):
        while batch := list(islice(run, BATCH)):
            yield batch


@dataclass(slots=True)
class _Intake:
    """Stores entries batch by batch and counts."""

    refund_prefix: str
    errors: ErrorsFile | None
    now: datetime
    dry_run: bool
    report: ImportReport = field(default_factory=ImportReport)

    def take(self, batch: Sequence[Entry]) -> None:
        """Store a batch of one relation."""
        relation = batch[0].relation
        fit = [entry for entry in batch if not entry.refusals]
        stored = [entry for entry in fit if not entry.left_out]
        self._push(relation, [(entry, entry.data) for entry in stored])
        stored = [entry for entry in stored if not entry.refusals]
        if relation == "orders" and self.refund_prefix:
            self._refunds(stored)
        self._leave_out([entry for entry in fit if entry.left_out])
        for entry in batch:
            if entry.refusals:
                self._refuse(entry)

    def _push(self, relation: str, rows: Sequence[tuple[Entry, object]]) -> None:
        result = upsert(relation, [row for _entry, row in rows], now=self.now, announce=False, dry_run=self.dry_run)
        counts = self._counts(relation)
        counts.created += result.created
        counts.updated += result.updated
        counts.unchanged += result.unchanged
        for error in result.errors:
            entry = rows[error.index][0]
            row, column = entry.place(error.column)
            entry.refusals.append(Refusal(row, column, error.message))

    def _refunds(self, orders: Sequence[Entry]) -> None:
        """The refunds of orders that were stored, and none but these of theirs."""
        rows = [(entry, refund) for entry in orders for refund in entry.refunds]
        self._push("refunds", rows)
        keys, ids = [entry.key for entry in orders], [refund["refund_id"] for _entry, refund in rows]
        gone = remove_other_refunds(self.refund_prefix, keys, ids, dry_run=self.dry_run)
        self._counts("refunds").removed += gone

    def _leave_out(self, entries: Sequence[Entry]) -> None:
        """Orders that do not count; those that did are taken away."""
        for entry in entries:
            self.report.left_out[entry.left_out] = self.report.left_out.get(entry.left_out, 0) + 1
        if entries:
            self._counts("orders").removed += remove("orders", [entry.key for entry in entries], dry_run=self.dry_run)

    def _refuse(self, entry: Entry) -> None:
        self.report.refused += 1
        self.report.refusals += entry.refusals[: TOLD - len(self.report.refusals)]
        if self.errors:
            self.errors.add(entry)

    def _counts(self, relation: str) -> Counts:
        return self.report.relations.setdefault(relation, Counts())
