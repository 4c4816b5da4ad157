"""A relation of the shop: a queryset, and what each canonical column is in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar, NamedTuple, Self

from django.apps import apps
from django.db.models import Manager, ManyToManyField, ManyToManyRel, Model, QuerySet

from segmentation.errors import SourceError
from segmentation.rules.values import Kind
from segmentation.sources.asking import RowQuestion
from segmentation.sources.columns import Column, ColumnSpec, ColumnValue, ResolvedColumn
from segmentation.sources.names import bad_name, close_name
from segmentation.sources.prefetches import wrong_prefetches
from segmentation.sources.problems import ProblemCode, SourceProblem
from segmentation.sources.reading import Filter, Row, read_rows
from segmentation.sources.resolve import Mapped, resolve

RowSource = QuerySet[Any, Any] | Manager[Any] | Callable[[], QuerySet[Any, Any]]
Watch = tuple[type[Model], str]

OWNERS = ("customer", "email", "visitor")
"""Every column that may say whose a row is; the first that has a value does."""


class Resolution(NamedTuple):
    """What the columns turn out to be, and everything that is wrong."""

    columns: dict[str, ResolvedColumn]
    problems: list[SourceProblem]


class Relation:
    """Base of the canonical relations; a subclass says what its columns mean, a shop makes instances of it.

    `rows` is a queryset, a manager, or a callable that gives a queryset at each read. `columns` map canonical
    names, and any others, to an ORM path, an expression, a callable of the instance, or a `Column` of these.
    `watch` names further models whose changes touch rows here: `[(Payment, "order_id")]`, with the path from
    theirs to the primary key of ours. Nothing is looked up before it is used, so a wrong column raises nothing
    here: `problems()` tells.
    """

    name: ClassVar[str]
    specs: ClassVar[Mapping[str, ColumnSpec]] = {}
    whose: ClassVar[tuple[str, ...]] = ()
    """Columns that say whose a row is, of OWNERS; at least one must be mapped."""
    key: ClassVar[str] = "pk"
    """What names a row in evidence: a column, or "pk"."""
    time: ClassVar[str | None] = None
    """The column that says when a row happened."""
    time_of: ClassVar[str | None] = None
    """The relation that a row's owner and time are taken from; `above` says how it is named."""
    above: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """What rules call the row above -> (its relation, the column here that holds that relation's key)."""
    below: ClassVar[Mapping[str, str]] = {}
    """What rules call the rows below -> their relation, which names this one in its `above`."""
    always_current: ClassVar[bool] = False
    """Whether every column holds today's value."""

    def __init__(self, rows: RowSource, /, *, watch: Sequence[Watch] = (), **columns: Column | ColumnValue) -> None:
        self._rows = rows
        self._watch = tuple(watch)
        self._mapped = _columns(columns)
        self._resolution: Resolution | None = None
        self._questions: dict[tuple[Sequence[str], str], RowQuestion | None] = {}

    def replace(
        self, queryset: RowSource | None = None, *, watch: Sequence[Watch] | None = None, **columns: Column | ColumnValue | None
    ) -> Self:
        """A copy with another queryset, more or other columns; a column given as None is left out."""
        made = copy(self)
        made._rows = self._rows if queryset is None else queryset
        made._watch = self._watch if watch is None else tuple(watch)
        made._mapped = _columns({**self._mapped, **columns})
        made._resolution, made._questions = None, {}
        return made

    @property
    def columns(self) -> dict[str, ResolvedColumn]:
        """The mapped columns that work, in declared order; those that do not are in `problems()`."""
        return self._resolve().columns

    @property
    def parts(self) -> Mapping[str, Relation]:
        """Name -> relation, of what its rows are read from: itself, where it is no union."""
        return {"": self}

    def row_key(self, part: str, key: object) -> str:
        """The primary key, as "pk" is read here, of a row of one of `parts`."""
        return str(key)

    def unfiltered(self, names: Collection[str], using: str) -> Self:
        """The same over all rows of its model, if these columns can be read without what the shop's queryset adds."""
        wanted = self.columns.keys() & set(names)
        whole = self.replace(self.model._base_manager.using(using), **dict.fromkeys(self.columns.keys() - wanted))
        return whole if whole.columns.keys() >= wanted else self

    @property
    def owners(self) -> tuple[str, ...]:
        """The mapped columns that say whose a row is; none where `parent` does, and where rows are nobody's."""
        return tuple(name for name in self.whose if name in self.columns)

    @property
    def parent(self) -> tuple[str, str] | None:
        """(relation, column here with its key) of the row above that a row's owner and time are taken from."""
        return next((above for above in self.above.values() if above[0] == self.time_of), None)

    @property
    def time_column(self) -> str | None:
        """The mapped column that says when a row happened; None where the shop has none, or `time_of` has it."""
        return self.time if self.time in self.columns else None

    @property
    def has_time(self) -> bool:
        """Whether rows have a time, of their own or of their parent."""
        return bool(self.time_of or self.time_column)

    @property
    def frame(self) -> set[str]:
        """The columns that say whose a row is, when it happened, what it is called and in which currency it counts.

        Where one of them is mapped and does not work, the rows mean nothing, while any other column is only a fact less.
        """
        keys = {name for name, spec in self.specs.items() if spec.key}
        return keys | {"email", "currency"} & self.specs.keys() | ({self.time} if self.time else set())

    def problems(self) -> list[SourceProblem]:
        """Everything wrong with the declaration; reads no row and raises nothing."""
        return list(self._resolve().problems)

    def queryset(self) -> QuerySet[Any, Any]:
        """A fresh queryset of the shop's rows. SourceError if it is none, or one that cannot be read by columns."""
        rows = self._rows
        if callable(rows) and not isinstance(rows, QuerySet | Manager):
            try:
                rows = rows()
            except Exception as error:
                raise SourceError(f"{self.name}: the queryset raised {type(error).__name__}: {error}") from error
        queryset = rows.all() if isinstance(rows, QuerySet | Manager) else None
        if queryset is None:
            raise SourceError(f"{self.name}: {type(rows).__name__} is no queryset")
        for fault, has in UNFIT.items():
            if has(queryset):
                raise SourceError(f"{self.name}: a queryset {fault} has no rows that columns can be read from")
        return queryset

    @property
    def model(self) -> type[Model]:
        """The shop's model that a row is an instance of."""
        return self.queryset().model

    def watched_models(self) -> dict[type[Model], str]:
        """Model whose save, delete or many-to-many change touches rows here -> path from it to their primary key.

        Signals come from the class that was saved, so the model's proxies, parents and children are there too.
        """
        model = self.model
        family = [other for other in apps.get_models() if issubclass(other, model) or issubclass(model, other)]
        proxies = [other for other in apps.get_models() if other._meta.concrete_model is model._meta.concrete_model]
        return {**dict.fromkeys([model, *family, *proxies], "pk"), **self._links(), **dict(self._watch)}

    def _links(self) -> dict[type[Model], str]:
        """Table between our model and another whose words are a set here -> path to our rows."""
        paths = [column.value for column in self.columns.values() if column.is_many]
        fields: list[Any] = [self.model._meta.get_field(path.split("__")[0]) for path in paths if isinstance(path, str)]
        links: dict[Any, str] = {}
        for field in fields:
            if isinstance(field, ManyToManyField):
                links[field.remote_field.through] = f"{field.m2m_field_name()}_id"
            elif isinstance(field, ManyToManyRel):
                links[field.through] = f"{field.field.m2m_reverse_field_name()}_id"
        return links

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
        """Lists of rows with the values of `names` ("pk" is the row's own) as Django gives them, in no order.

        One query, or one per 500 values of `where`: rows whose column is among the values given, for every
        column of `where`; e-mails are compared trimmed and lower-cased. `using` is a database alias. `limit` is
        for samples. With `floats`, decimals come as the nearest floats: much quicker to read, and up to 15 digits
        their shortest spelling is the decimal itself. SourceError for a name that is not mapped or does not work, for a
        filter on a callable, and, at the row where it happens, for whatever the shop's code raises and for times without a
        zone.
        """
        columns = [self._column(name) for name in names]
        filters = [Filter(self._column(name), values) for name, values in (where or {}).items()]
        for each in filters:
            if each.column.is_callable:
                raise SourceError(f"{self.name}.{each.column.name} is a callable: rows cannot be looked up by it")
        queryset = self.queryset() if using is None else self.queryset().using(using)
        return read_rows(self.name, queryset, columns, filters, chunk_size=chunk_size, limit=limit, floats=floats)

    def asking(self, names: Sequence[str], by: str) -> RowQuestion | None:
        """What reads these columns of the rows whose column `by` is one of some values, for whoever asks often; made once.

        None where each reading must be worked out anew: for querysets that the shop makes when they are read, and columns that
        are callables or e-mails. SourceError for a name that is not mapped or does not work.
        """
        key = (tuple(names), by)
        if key not in self._questions:
            columns, sought = [self._column(name) for name in names], self._column(by)
            called = sought.name == "email" or any(column.is_callable for column in (sought, *columns))
            is_possible = _is_lasting(self._rows) and not called
            self._questions[key] = RowQuestion(self.name, self.queryset(), columns, sought) if is_possible else None
        return self._questions[key]

    def _column(self, name: str) -> ResolvedColumn:
        found = self.columns.get(name)
        if found is not None:
            return found
        if name == "pk":
            return _primary_key(self.name)
        problem = next((problem for problem in self.problems() if problem.column in {name, ""}), None)
        raise SourceError(str(problem) if problem else f"{self.name}.{name} is not mapped by the shop")

    def _resolve(self) -> Resolution:
        """Settled once; a queryset that fails is asked again, since it may fail for the moment only."""
        if self._resolution is not None:
            return self._resolution
        columns: dict[str, ResolvedColumn] = {}
        problems = self._required()
        try:
            queryset = self.queryset()
        except SourceError as error:
            message = str(error).removeprefix(f"{self.name}: ")
            hint = "Give Model.objects.filter(…), or a function that returns it."
            return Resolution({}, [SourceProblem(ProblemCode.QUERYSET, self.name, "", message, hint), *problems])
        for name, column in self._mapped.items():
            spec = self.specs.get(name)
            named = self._named(name, column) if spec is None else []
            problems += named
            if any(problem.code is ProblemCode.NAME for problem in named):
                continue
            settled = resolve(Mapped(self.name, name, column, spec, self.always_current), queryset)
            if isinstance(settled, ResolvedColumn):
                columns[name] = settled
            else:
                problems.append(settled)
        problems += [
            SourceProblem(ProblemCode.PREFETCH, self.name, "prefetch_related", wrong, HINT_PREFETCH)
            for wrong in wrong_prefetches(queryset)
        ]
        self._resolution = Resolution(columns, problems)
        return self._resolution

    def _required(self) -> list[SourceProblem]:
        groups: list[tuple[str, ...]] = [(name,) for name, spec in self.specs.items() if spec.required]
        groups += [self.whose] if self.whose and self.whose not in groups else []
        missing = [group for group in groups if not self._mapped.keys() & set(group)]
        return [
            SourceProblem(ProblemCode.REQUIRED, self.name, group[0], f"{' or '.join(group)} must be mapped", HINT_REQUIRED)
            for group in missing
        ]

    def _named(self, name: str, column: Column) -> list[SourceProblem]:
        bad = bad_name(name)
        if bad:
            return [SourceProblem(ProblemCode.NAME, self.name, name, bad)]
        meant = close_name(name, self.specs.keys() - self._mapped.keys())
        if not meant or column.label:  # whoever labels a column means it
            return []
        message = f'"{name}" is no column of {self.name}; did you mean "{meant}"?'
        return [
            SourceProblem(
                ProblemCode.UNKNOWN, self.name, name, message, "A column of your own needs a label, or a name less alike."
            )
        ]


def _columns(given: Mapping[str, Column | ColumnValue | None]) -> dict[str, Column]:
    columns = {name: value for name, value in given.items() if value is not None}
    return {name: value if isinstance(value, Column) else Column(value) for name, value in columns.items()}


HINT_REQUIRED = "Give it an ORM path, an expression or a callable."
HINT_PREFETCH = "Name relations as instances have them: a foreign key's name, or the other side's related_name."

UNFIT: Mapping[str, Callable[[QuerySet[Any, Any]], bool]] = {
    "cut by a slice": lambda queryset: queryset.query.is_sliced,
    "of .values()": lambda queryset: getattr(queryset, "_fields", None) is not None,
    "made by union() or the like": lambda queryset: bool(queryset.query.combinator),
}
"""Querysets that can be neither annotated nor filtered further."""


def _is_lasting(rows: RowSource) -> bool:
    """Whether it is the same queryset whenever it is read; a manager may make another for each request."""
    return isinstance(rows, QuerySet) or (isinstance(rows, Manager) and type(rows).get_queryset is Manager.get_queryset)


def _primary_key(relation: str) -> ResolvedColumn:
    return ResolvedColumn(
        relation=relation,
        name="pk",
        kind=Kind.TEXT,
        scale=0,
        current=False,
        key=True,
        personal=False,
        restricted=False,
        required=True,
        label="",
        value="pk",
        minor_units=False,
    )
