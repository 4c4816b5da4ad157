"""Several Events of one source as one relation: pages viewed in one table, searches in another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Any, Self

from django.db.models import QuerySet

from segmentation.errors import SourceError
from segmentation.sources.canonical import Events
from segmentation.sources.columns import ResolvedColumn
from segmentation.sources.problems import ProblemCode, SourceProblem
from segmentation.sources.reading import Row
from segmentation.sources.relation import Resolution

KEY = "pk"
MARK = ":"
"""Between the name of a part and the key of a row in it; no attribute's name holds one."""


class UnitedEvents(Events):
    """The rows of all parts. The key of a row is its part's name and its key there, "views:12".

    A column that a part does not map is None in its rows. The parts must agree on the kind of a column.
    """

    def __init__(self, parts: Mapping[str, Events]) -> None:
        super().__init__(self.queryset, transactional=all(part.transactional for part in parts.values()))
        self._parts = dict(parts)

    @property
    def parts(self) -> Mapping[str, Events]:
        """Name of the attribute -> the events declared there."""
        return self._parts

    def row_key(self, part: str, key: object) -> str:
        """What a row of a part is called here."""
        return f"{part}{MARK}{key}"

    def queryset(self) -> QuerySet[Any, Any]:
        """Raises SourceError: each part has its own."""
        raise SourceError(f"{self.name}: {', '.join(self.parts)} have a queryset each and none together")

    def unfiltered(self, names: Collection[str], using: str) -> Self:
        """The same over all rows of each part's model."""
        return type(self)({name: part.unfiltered(names, using) for name, part in self.parts.items()})

    def read(
        self,
        names: Sequence[str],
        *,
        using: str | None = None,
        where: Mapping[str, Collection[Any]] | None = None,
        chunk_size: int = 10_000,
        limit: int | None = None,
        floats: bool = False,
    ) -> Iterator[list[Row]]:
        """As `Relation.read`: its queries for each part, and `limit` rows of each."""
        columns = [self._column(name) for name in names]
        for name in where or {}:
            self._column(name)
        options = {"using": using, "chunk_size": chunk_size, "limit": limit, "floats": floats}
        readings = [self._read_part(label, part, columns, where or {}, options) for label, part in self.parts.items()]
        return chain.from_iterable(readings)

    def _read_part(
        self,
        label: str,
        part: Events,
        columns: Sequence[ResolvedColumn],
        where: Mapping[str, Collection[Any]],
        options: Mapping[str, Any],
    ) -> Iterator[list[Row]]:
        prefix = self.row_key(label, "")
        filters = {name: _unprefixed(prefix, values) if name == KEY else values for name, values in where.items()}
        if not all(_has(part, name) for name in filters):
            return  # a column that the part does not have has no value there, so none of those asked for
        mine = [column.name for column in columns if _has(part, column.name)]
        shapes = [_shape(column, part, prefix) for column in columns]
        for chunk in part.read(mine, where=filters, **options):
            given = dict(zip(mine, zip(*chunk, strict=True), strict=True)) if mine else {}
            none = [None] * len(chunk)
            values = [shape(given.get(column.name, none)) for column, shape in zip(columns, shapes, strict=True)]
            yield list(zip(*values, strict=True)) if values else chunk

    def _resolve(self) -> Resolution:
        """Those of the parts together; asked again while one of them is."""
        if self._resolution is not None:
            return self._resolution
        settled = {label: part._resolve() for label, part in self.parts.items()}
        found: dict[str, dict[str, ResolvedColumn]] = {}
        for label, one in settled.items():
            for name, column in one.columns.items():
                found.setdefault(name, {})[label] = column
        problems = [
            replace(problem, message=f"{problem.message} (in {label})")
            for label, one in settled.items()
            for problem in one.problems
        ]
        torn = {name: columns for name, columns in found.items() if len({column.kind for column in columns.values()}) > 1}
        problems += [self._disagreement(name, columns) for name, columns in torn.items()]
        united = {name: _united(list(columns.values())) for name, columns in found.items() if name not in torn}
        resolution = Resolution(united, problems)
        if not any(problem.code is ProblemCode.QUERYSET for problem in problems):
            self._resolution = resolution
        return resolution

    def _disagreement(self, name: str, columns: Mapping[str, ResolvedColumn]) -> SourceProblem:
        kinds = ", ".join(f"{column.kind} in {label}" for label, column in columns.items())
        return SourceProblem(
            ProblemCode.KIND_MISMATCH, self.name, name, f"is {kinds}", "Declare one kind, or give them two names."
        )


Shape = Callable[[Sequence[Any]], Sequence[Any]]
"""What is done to the values of one column in the rows of a part."""


def _shape(column: ResolvedColumn, part: Events, prefix: str) -> Shape:
    if column.name == KEY:
        return lambda keys: [f"{prefix}{key}" for key in keys]
    own = part.columns.get(column.name)
    if own is None or own.minor_units == column.minor_units:
        return lambda values: values
    return lambda values: [value if value is None else Decimal(value).scaleb(-own.scale) for value in values]


def _united(columns: Sequence[ResolvedColumn]) -> ResolvedColumn:
    """One column from those of the parts: whatever guards one of them guards all.

    Where some are in minor units of one scale and others are not, values come in whole units.
    """
    return replace(
        columns[0],
        scale=max(column.scale for column in columns),
        current=any(column.current for column in columns),
        key=any(column.key for column in columns),
        personal=any(column.personal for column in columns),
        restricted=any(column.restricted for column in columns),
        label=next((column.label for column in columns if column.label), ""),
        minor_units=len({(column.minor_units, column.scale) for column in columns}) == 1 and columns[0].minor_units,
        is_bare=any(column.is_bare for column in columns),
    )


def _has(part: Events, name: str) -> bool:
    return name == KEY or name in part.columns


def _unprefixed(prefix: str, keys: Collection[Any]) -> list[str]:
    return [str(key).removeprefix(prefix) for key in keys if str(key).startswith(prefix)]
