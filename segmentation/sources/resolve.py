"""One column of the shop, settled over its queryset: kind, scale and flags, or the problem that prevents it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from segmentation.rules.values import Kind
from segmentation.sources.columns import Column, ColumnSpec, ColumnValue, ResolvedColumn
from segmentation.sources.fields import FREE_SCALE, FieldKind, PathError, UntoldError, field_of, kind_of, to_many
from segmentation.sources.problems import ProblemCode, SourceProblem

MAX_SCALE = 9
"""Decimals that leave room for nine digits before the point in 64 bits."""

NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY})
PLACES = frozenset({Kind.NUMBER, Kind.TEXT})
"""Kinds of field that a latitude may stand in."""

ACCEPTS: Mapping[Kind, frozenset[Kind]] = {
    Kind.TEXT: frozenset({Kind.TEXT}),
    Kind.NUMBER: frozenset({Kind.NUMBER}),
    Kind.MONEY: frozenset({Kind.NUMBER}),
    Kind.BOOLEAN: frozenset({Kind.BOOLEAN}),
    Kind.DATE: frozenset({Kind.DATE}),
    Kind.TIME: frozenset({Kind.TIME}),
    Kind.SET: frozenset({Kind.SET}),
    Kind.GEO: frozenset({Kind.GEO, Kind.TEXT}),
}
"""Kind of the column -> kinds of field it can be read from."""

MISMATCH_HINTS: Mapping[tuple[Kind, Kind], str] = {
    (Kind.TEXT, Kind.NUMBER): 'If these numbers are codes, say so: Column(…, kind="text").',
    (Kind.DATE, Kind.TIME): "A time is a date only in a zone: TruncDate(…, tzinfo=…).",
    (Kind.TIME, Kind.DATE): "A date has no moment: map a DateTimeField.",
    (Kind.SET, Kind.TEXT): "A set is a JSON list, a path to many rows, or a function that gives texts.",
}


OWN = ColumnSpec(Kind.TEXT)
"""The flags of a column of the shop's own."""


@dataclass(frozen=True)
class Mapped:
    """A column where it stands: `spec` is None for the shop's own, `current` says that its whole relation is."""

    relation: str
    name: str
    column: Column
    spec: ColumnSpec | None
    current: bool

    def problem(self, code: ProblemCode, message: str, hint: str = "") -> ColumnProblem:
        """The exception that carries this problem out of the steps below."""
        return ColumnProblem(SourceProblem(code, self.relation, self.name, message, hint))


class ColumnProblem(Exception):
    """Carries one problem; never leaves this module."""

    def __init__(self, problem: SourceProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def resolve(mapped: Mapped, queryset: QuerySet[Any, Any]) -> ResolvedColumn | SourceProblem:
    """Settle one column; runs no query and raises nothing."""
    column, spec = mapped.column, mapped.spec or OWN
    try:
        wanted = _wanted(mapped)
        field = _field(mapped, wanted, queryset)
        kind = _kind(mapped, wanted, field)
        scale = _scale(mapped, kind, field)
    except ColumnProblem as error:
        return error.problem
    return ResolvedColumn(
        relation=mapped.relation,
        name=mapped.name,
        kind=kind,
        scale=scale,
        current=(spec.current or mapped.current) if column.current is None else column.current,
        key=spec.key if column.key is None else column.key,
        personal=spec.personal if column.personal is None else column.personal,
        restricted=spec.restricted if column.restricted is None else column.restricted,
        required=spec.required,
        label=column.label,
        value=column.value,
        minor_units=bool(field and field.integer and column.scale),
        is_bare=bool(field and field.integer and column.scale is None),
        is_many=bool(field and field.many),
    )


def _wanted(mapped: Mapped) -> Kind | None:
    """The kind that the canonical column or the shop's declaration asks for."""
    given, spec = mapped.column.kind, mapped.spec
    if given is not None and given not in set(Kind):
        known = ", ".join(Kind)
        raise mapped.problem(ProblemCode.KIND_UNTOLD, f'there is no kind "{given}"', f"Kinds are {known}.")
    declared = None if given is None else Kind(given)
    if spec and declared and declared != spec.kind:
        raise mapped.problem(ProblemCode.KIND_MISMATCH, f"is declared as {declared} but is {spec.kind} in every shop")
    return spec.kind if spec else declared


def _field(mapped: Mapped, wanted: Kind | None, queryset: QuerySet[Any, Any]) -> FieldKind | None:
    """What the field behind the column tells; None where nothing can be told before rows are read."""
    column = mapped.column
    if column.is_callable:
        return None
    if isinstance(column.value, tuple) and column.is_pair:
        return _place(mapped, [_single(mapped, path, queryset) for path in column.value])
    if not (column.is_path or column.is_expression):
        what = type(column.value).__name__
        raise mapped.problem(ProblemCode.PATH, f"is mapped to a {what}: neither an ORM path, an expression nor a callable")
    if wanted is Kind.SET and isinstance(column.value, str) and to_many(queryset, column.value):
        return _set(mapped, _probed(mapped, column.value, queryset))
    return _single(mapped, column.value, queryset)


def _single(mapped: Mapped, value: ColumnValue, queryset: QuerySet[Any, Any]) -> FieldKind | None:
    """What one value a row is read from."""
    many = to_many(queryset, value) if isinstance(value, str) else None
    if many:
        hint = 'Map a path that ends in one value or a Subquery, or declare a set of texts: Column("…", kind="set").'
        rows = getattr(many.related_model, "__name__", "another model")
        message = f'"{value}" does not work: "{many.name}" leads to many rows of {rows} and would repeat this one'
        raise mapped.problem(ProblemCode.PATH, message, hint)
    return _probed(mapped, value, queryset)


def _probed(mapped: Mapped, value: ColumnValue, queryset: QuerySet[Any, Any]) -> FieldKind | None:
    try:
        return kind_of(field_of(queryset, value))
    except PathError as error:
        hint = "Map a path that ends in one value, or a Subquery."
        raise mapped.problem(ProblemCode.PATH, f"{_shown(value)} does not work: {error}", hint) from error
    except UntoldError as error:
        hint = "Give the expression an output_field."
        raise mapped.problem(ProblemCode.KIND_UNTOLD, f"{_shown(value)} does not say what it gives: {error}", hint) from error


def _set(mapped: Mapped, end: FieldKind | None) -> FieldKind:
    """Whatever is a word or a code can stand in a set."""
    if end and (end.kind is Kind.TEXT or end.integer):
        return FieldKind(Kind.SET, many=True)
    gives = end.kind if end else "no text"
    raise mapped.problem(ProblemCode.KIND_MISMATCH, f"must be a set of texts, but {_shown(mapped.column.value)} gives {gives}")


def _place(mapped: Mapped, ends: Sequence[FieldKind | None]) -> FieldKind:
    if all(end is None or end.kind in PLACES for end in ends):
        return FieldKind(Kind.GEO)
    message = f"must be a latitude and a longitude, but {_shown(mapped.column.value)} are no numbers"
    raise mapped.problem(ProblemCode.KIND_MISMATCH, message)


def _kind(mapped: Mapped, wanted: Kind | None, field: FieldKind | None) -> Kind:
    column, spec = mapped.column, mapped.spec
    if column.key or (spec and spec.key):
        return wanted or Kind.TEXT
    codes = field is not None and field.kind is Kind.NUMBER and (field.choices or column.kind is not None)
    if field is None:
        if wanted is None:
            hint = f'Declare it: Column(…, kind="…"), one of {", ".join(Kind)}.'
            raise mapped.problem(ProblemCode.KIND_UNTOLD, f"the kind of {_shown(column.value)} cannot be told", hint)
        return wanted
    if wanted is None:
        return Kind.TEXT if codes else field.kind
    if field.kind not in ACCEPTS[wanted] and not (wanted is Kind.TEXT and codes):
        message = f"must be {wanted}, but {_shown(column.value)} gives {field.kind}"
        raise mapped.problem(ProblemCode.KIND_MISMATCH, message, MISMATCH_HINTS.get((wanted, field.kind), ""))
    return wanted


def _scale(mapped: Mapped, kind: Kind, field: FieldKind | None) -> int:
    declared = mapped.column.scale
    if kind not in NUMBERS:
        if declared is not None:
            raise mapped.problem(ProblemCode.KIND_MISMATCH, f"is {kind} and has no scale")
        return 0
    scale = declared if declared is not None else field.scale if field else FREE_SCALE
    if type(scale) is not int or not 0 <= scale <= MAX_SCALE:
        message = f"has a scale of {scale}; a scale is a whole number from 0 to {MAX_SCALE}"
        raise mapped.problem(ProblemCode.KIND_MISMATCH, message, "Declare how many decimals to keep: Column(…, scale=…).")
    return scale


def _shown(value: ColumnValue) -> str:
    """The mapping in a message: paths are quoted, a function goes by its name, an expression by its class.

    Never by repr(), which runs the querysets inside an expression.
    """
    if isinstance(value, str | tuple):
        return " and ".join(f'"{path}"' for path in ([value] if isinstance(value, str) else value))
    return getattr(value, "__qualname__", None) or f"{type(value).__name__}(…)"
