"""Rows of a shop elsewhere, pushed to us: those that are new or differ are written, and a bad one is told by its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import router, transaction
from django.db.models.signals import post_save
from django.utils import timezone

from segmentation.conf import conf
from segmentation.models.batch import BATCH, batches
from segmentation.models.imported import Imported
from segmentation.models.lock import locked
from segmentation.sources.stored import lines
from segmentation.sources.stored.cleaning import Cleaned, clean
from segmentation.sources.stored.extras import EVERYTHING, Extras
from segmentation.sources.stored.lines import Line
from segmentation.sources.stored.shapes import Shape, shape_of

WITH_LINES = 50
"""Rows a transaction where each of them may have many lines."""


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was refused. `index` is its place among the rows given, from 0; `column` is "" for the whole row.

    `steps` lead to the column: "lines[2].quantity" is ("lines", 2, "quantity").
    """

    index: int
    column: str
    message: str
    steps: tuple[str | int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Upserted:
    """What became of the rows. `repeated` ones had the key of a later one, which counted instead."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    errors: tuple[RowError, ...] = ()

    @property
    def refused(self) -> int:
        """How many rows had errors; the others are stored."""
        return len({error.index for error in self.errors})


def upsert(
    relation: str,
    rows: Iterable[object],
    *,
    now: datetime | None = None,
    announce: bool = True,
    dry_run: bool = False,
    whole: bool = False,
    extras: Extras = EVERYTHING,
) -> Upserted:
    """Store rows of a relation, dicts by canonical names; the same rows again change nothing.

    A row is known by its key; columns that it does not have stay as they were, `lines` are replaced as a whole. A bad row is
    refused and told in `errors`, the others are stored, or none of them if it is to be `whole`. `extras` are the names that
    `extra` may have; everything unless given. `now` dates carts and wishes that have no date. Receivers hear a
    post_save of each row written, unless `announce` is off: then the next refresh sees them. With `dry_run` nothing is
    written. SourceError for a relation that rows cannot be pushed to.
    """
    shape = shape_of(relation)
    moment = now or timezone.now()  # noqa: TID251  the moment of the push, where no caller gave one
    kept: dict[tuple[Any, ...], Cleaned] = {}
    errors: list[RowError] = []
    repeated = 0
    for index, row in enumerate(rows):
        cleaned, faults = clean(relation, row, extras)
        errors += [RowError(index, fault.column, fault.message, fault.steps) for fault in faults]
        if cleaned:
            repeated += kept.pop(cleaned.key, None) is not None
            kept[cleaned.key] = cleaned
    if whole and errors:
        return Upserted(errors=tuple(errors))
    writer = _Writer(shape, moment, announce, dry_run)
    # In the order of their keys, so that two pushes of the same rows never wait for each other.
    written = [
        writer.write(batch) for batch in batches([kept[key] for key in sorted(kept)], WITH_LINES if shape.lines else BATCH)
    ]
    created, updated = sum(new for new, _ in written), sum(changed for _, changed in written)
    return Upserted(created, updated, len(kept) - created - updated, repeated, tuple(errors))


class _Change(NamedTuple):
    """A row to be written: it is new, or it or its lines differ."""

    row: Imported
    is_new: bool
    lines: list[Line] | None
    """Those it shall have, None if they are as they should be."""
    is_shorter: bool
    """Whether it had more of them."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes batches of one push, a transaction each."""

    shape: Shape
    moment: datetime
    announce: bool
    dry_run: bool

    def write(self, batch: Sequence[Cleaned]) -> tuple[int, int]:
        """(rows created, rows changed)."""
        using = router.db_for_write(self.shape.model)
        with transaction.atomic(using=using):
            changes = self._changes(batch, using)
            if not self.dry_run:
                self._save(changes)
                self._tell(changes, using)
        created = sum(change.is_new for change in changes)
        return created, len(changes) - created

    def _changes(self, batch: Sequence[Cleaned], using: str) -> list[_Change]:
        known = self._known([cleaned.key for cleaned in batch])
        parents = [row.pk for row in known.values()]
        stored = lines.stored(self.shape.lines, parents, using) if self.shape.lines else {}
        found = (self._change(cleaned, known.get(cleaned.key), stored) for cleaned in batch)
        return [change for change in found if change is not None]

    def _known(self, keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], Imported]:
        # Of a key of two columns this finds a few rows too many.
        where = {f"{name}__in": set(values) for name, values in zip(self.shape.key, zip(*keys, strict=True), strict=True)}
        rows = locked(self.shape.model._default_manager.filter(shop=conf.shop, **where)).order_by("pk")
        return {tuple(getattr(row, name) for name in self.shape.key): row for row in rows}

    def _change(self, cleaned: Cleaned, known: Imported | None, stored: Mapping[int, list[Line]]) -> _Change | None:
        had = stored.get(known.pk, []) if known else []
        wanted = self._lines(cleaned, had)
        is_shorter = wanted is not None and len(wanted) < len(had)
        if known is None:
            stamps = dict.fromkeys(self.shape.stamped, self.moment)
            return _Change(self.shape.model(shop=conf.shop, **{**stamps, **cleaned.values}), True, wanted, is_shorter)
        if wanted is None and all(getattr(known, name) == value for name, value in cleaned.values.items()):
            return None
        stamps = {self.shape.touched: self.moment} if self.shape.touched else {}
        for name, value in {**stamps, **cleaned.values}.items():
            setattr(known, name, value)
        return _Change(known, False, wanted, is_shorter)

    def _lines(self, cleaned: Cleaned, had: list[Line]) -> list[Line] | None:
        """Those it shall have from now on, None where nothing changes."""
        if cleaned.lines is None or self.shape.lines is None:
            return None
        wanted = lines.made(self.shape.lines, cleaned.lines)
        return None if wanted == had else wanted

    def _save(self, changes: Sequence[_Change]) -> None:
        model = self.shape.model
        unique = ["shop", *self.shape.key]
        names = [field.name for field in model._meta.fields if not field.primary_key and field.name not in unique]
        for change in changes:
            change.row.pk = None  # it is found by its key, also where another worker made it meanwhile
        rows = [change.row for change in changes]
        model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=names)
        if self.shape.lines:
            wanted = {change.row.pk: change.lines for change in changes if change.lines is not None}
            lines.replace(self.shape.lines, wanted, [change.row.pk for change in changes if change.is_shorter])

    def _tell(self, changes: Sequence[_Change], using: str) -> None:
        """A bulk write sends no signal; whoever follows the shop hears of these rows as of any other."""
        said = {"update_fields": None, "raw": False, "using": using}
        for change in changes if self.announce else ():
            post_save.send(self.shape.model, instance=change.row, created=change.is_new, **said)
