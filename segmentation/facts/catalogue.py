"""The catalogue of facts, made from the shop source: an extra column there is a fact here by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from segmentation.facts.custom import REGISTRY, CustomFact
from segmentation.facts.described import described
from segmentation.facts.fact import Fact
from segmentation.facts.families import COLUMNS
from segmentation.facts.scores import SCORE, Attributes, Scores
from segmentation.kernel.plan import Computed
from segmentation.rules.values import Kind
from segmentation.sources import Events, Relation, ResolvedColumn, ShopSource
from segmentation.sources.currency import exponent


@dataclass(frozen=True, slots=True)
class RelationFacts:
    """A relation that behaviour is asked of: its columns, whether its rows have a time, and the rows below each by path."""

    name: str
    columns: Mapping[str, Fact]
    has_time: bool = True
    below: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """All facts of a shop, in whose base currency money is compared."""

    base_currency: str
    attributes: Mapping[str, Fact] = field(default_factory=dict)
    relations: Mapping[str, RelationFacts] = field(default_factory=dict)
    unasked: Mapping[str, str] = field(default_factory=dict)
    """Full name of a mapped column that is no fact -> "personal" or "key"."""
    computed: Mapping[str, Computed] = field(default_factory=dict)
    """Those of the attributes that are worked out from others."""
    by_consent: frozenset[str] = frozenset()
    """Relations, and "score", that are asked only of those who agreed to be profiled."""

    @property
    def money_scale(self) -> int:
        """Decimals of the base currency."""
        return exponent(self.base_currency)

    def fact(self, name: str) -> Fact | None:
        """The fact of that full name: "customer.country", "orders.total", "order_lines.product.category"."""
        relation, _, column = name.partition(".")
        found = self.relations.get(relation)
        return found.columns.get(column) if found else self.attributes.get(name)

    def meant(self, name: str) -> Iterable[str]:
        """Facts of the person that a name may have been meant to be that there is none of."""
        return self.attributes.meant(name) if isinstance(self.attributes, Attributes) else self.attributes

    def __iter__(self) -> Iterator[tuple[str, Fact]]:
        """(full name, fact) of every fact, in the order of the source."""
        yield from self.attributes.items()
        for relation in self.relations.values():
            for name, fact in relation.columns.items():
                yield f"{relation.name}.{name}", fact


SPEND = "spend"
"""A relation of ours, which the shop need not give."""

SPENT = {"orders": ("total", 1), "refunds": ("amount", -1)}
"""What `spend` is made of, where the shop has it: column and sign by relation."""


def catalogue_of(source: ShopSource, base_currency: str, consent: str = "none", scores: Scores = dict) -> Catalogue:
    """The facts a source offers; `consent` says what takes consent to profiling: "none", "activity" or "all" behaviour.

    `scores` finds the scores that there are, when one is asked for; they take consent where anything does.

    Raises SourceError if it cannot say whose its rows are, and when they happened.
    """
    source.demand_sound()
    scale = exponent(base_currency)
    owned = {name: relation for name, relation in source.relations.items() if relation.owners or relation.time_of}
    columns = {f"customer.{column.name}": column for column in _asked(source.relations["customers"])}
    mapped = {name: _fact(name, column, scale) for name, column in columns.items()}
    custom = {name: fact for name, fact in REGISTRY.items() if _is_offered(fact, mapped)}
    attributes = mapped | {name: _custom(fact, mapped, scale) for name, fact in custom.items()}
    relations = {name: _relation(source, relation, scale) for name, relation in owned.items()}
    if all(column in relations[name].columns for name, (column, _) in SPENT.items() if name in relations):
        relations |= _spend(scale) if "orders" in relations else {}
    computed = {name: fact.computed for name, fact in custom.items()}
    by_consent = {name for name in relations if _takes_consent(consent, source.relations.get(name))}
    by_consent |= {SCORE} if consent != "none" else set()
    asked, unasked = Attributes(attributes, scores), _unasked_columns(source, owned)
    return Catalogue(base_currency, asked, relations, unasked, computed, frozenset(by_consent))


def _takes_consent(consent: str, relation: Relation | None) -> bool:
    """Doing business takes none, under "activity"; `spend` is no relation of the source's."""
    tracked = isinstance(relation, Events) and not relation.transactional
    return consent == "all" or (consent == "activity" and tracked)


def _relation(source: ShopSource, relation: Relation, scale: int) -> RelationFacts:
    columns = {column.name: _fact(column.name, column, scale) for column in _asked(relation)}
    for path, (above, _) in _above(source, relation):
        columns |= {f"{path}.{column.name}": _fact(f"{path}.{column.name}", column, scale, path) for column in _asked(above)}
    below = {path: name for path, name in relation.below.items() if name in source.relations}
    return RelationFacts(relation.name, columns, relation.has_time, below)


def _above(source: ShopSource, relation: Relation) -> Iterator[tuple[str, tuple[Relation, str]]]:
    """Path -> (relation above, the column here that names its rows), where the shop has both."""
    for path, (name, column) in relation.above.items():
        if name in source.relations and column in relation.columns:
            yield path, (source.relations[name], column)


def _unasked_columns(source: ShopSource, owned: Mapping[str, Relation]) -> dict[str, str]:
    found = {"customer": source.relations["customers"], **owned}
    for name, relation in owned.items():
        found |= {f"{name}.{path}": above for path, (above, _) in _above(source, relation)}
    return {
        f"{prefix}.{column.name}": _unasked(relation, column)
        for prefix, relation in found.items()
        for column in relation.columns.values()
        if _unasked(relation, column)
    }


def _asked(relation: Relation) -> Iterator[ResolvedColumn]:
    """Columns that are facts: not personal ones, which are never kept, nor keys, which only name rows."""
    return (column for column in relation.columns.values() if not _unasked(relation, column))


def _unasked(relation: Relation, column: ResolvedColumn) -> str:
    """Why rules cannot ask about a column; "" where they can."""
    if column.personal:
        return "personal"
    spec = relation.specs.get(column.name)
    return "key" if column.key and not (spec and spec.asked) else ""


def _fact(name: str, column: ResolvedColumn, money_scale: int, path: str = "") -> Fact:
    scale = money_scale if column.kind is Kind.MONEY else column.scale
    label, help_text, family = described(column, path)
    return Fact(name, column.kind, scale, label, column.current, column.restricted, family, help_text)


def _is_offered(fact: CustomFact, mapped: Mapping[str, Fact]) -> bool:
    """Whether the shop has all that a computed fact is made of; a column of the shop's with its name goes before it."""
    return fact.name not in mapped and mapped.keys() >= set(fact.computed.inputs)


def _custom(fact: CustomFact, mapped: Mapping[str, Fact], money_scale: int) -> Fact:
    inputs = [mapped[name] for name in fact.computed.inputs]
    is_current, is_restricted = any(one.current for one in inputs), any(one.restricted for one in inputs)
    scale = money_scale if fact.kind is Kind.MONEY else fact.scale
    return Fact(fact.name, fact.kind, scale, fact.label, is_current, is_restricted, fact.family, fact.help)


def _spend(scale: int) -> dict[str, RelationFacts]:
    """Ours: orders as plus, refunds as minus, each at its time."""
    return {SPEND: RelationFacts(SPEND, {"amount": _spent("amount", Kind.MONEY, scale), "at": _spent("at", Kind.TIME)})}


def _spent(name: str, kind: Kind, scale: int = 0) -> Fact:
    family, words = COLUMNS[f"spend.{name}"]
    return Fact(name, kind, scale, words.label, family=family, help=words.help)
