"""What owners want recommended, or not: their rules, kept by each process, and which of them hold for one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from personalization.models import MerchandisingRule
from personalization.publishing import Publisher
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.visitor.person import harmless


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as the owner wrote it; "" and None where it says nothing."""

    action: str
    kind: str
    value: str
    strategy: str = ""
    on_product: str = ""
    position: int = 1
    factor: float = 1.0
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def holds(self, slug: str, asked: Asked) -> bool:
        """For this strategy, on this page, at this moment; the end itself is too late."""
        return (
            self.strategy in ("", slug)
            and (not self.on_product or self.on_product in asked.products)
            and (self.starts_at is None or self.starts_at <= asked.now)
            and (self.ends_at is None or asked.now < self.ends_at)
        )


Rules = tuple[Rule, ...]


def load(shop: str) -> Rules:
    """The active rules of a shop, pins by place; one query."""
    rows = MerchandisingRule.objects.filter(shop=shop, is_active=True).order_by("position", "pk")
    columns = ("action", "kind", "value", "strategy", "on_product", "position", "factor", "starts_at", "ends_at")
    with harmless():
        return tuple(Rule(**row | {"factor": float(row["factor"])}) for row in rows.values(*columns))


publisher: Publisher[Rules] = Publisher("merchandising", load, tuple)
"""This process's: one query for a process that has read none yet, none after."""


NAMED_BY: Mapping[str, Callable[[Product], str]] = {
    MerchandisingRule.Kind.PRODUCT.value: attrgetter("id"),
    MerchandisingRule.Kind.CATEGORY.value: attrgetter("category"),
    MerchandisingRule.Kind.BRAND.value: attrgetter("brand"),
}
"""Kind of a rule -> what of a product its value is compared with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rules of one answer. `pins` are places by product, the first place in front, of equal ones the older.

    Of two pins of one product the first counts.
    """

    pins: Mapping[str, int]
    boosts: Mapping[str, Mapping[str, float]]
    """Factors by kind and value."""
    exclusions: Mapping[str, frozenset[str]]
    """Values by kind."""

    def factor(self, product: Product) -> float:
        """What its score is multiplied by: all factors that hold for it."""
        factor = 1.0
        for kind, factors in self.boosts.items():
            factor *= factors.get(NAMED_BY[kind](product), 1.0)
        return factor

    def excludes(self, product: Product) -> bool:
        """Whether the owner never wants to see it there."""
        return any(NAMED_BY[kind](product) in values for kind, values in self.exclusions.items())


def wanted(slug: str, asked: Asked, rules: Rules | None = None) -> Wanted:
    """The rules that hold for a strategy asked like this; without `rules`, of those that are live."""
    action, product = MerchandisingRule.Action, MerchandisingRule.Kind.PRODUCT
    holding = [rule for rule in (publisher.current() if rules is None else rules) if rule.holds(slug, asked)]
    pins: dict[str, int] = {}
    for rule in holding:
        # Which product of a category is to stand there, nobody said.
        if rule.action == action.PIN and rule.kind == product:
            pins.setdefault(rule.value, rule.position)
    return Wanted(
        pins,
        _factors(rule for rule in holding if rule.action == action.BOOST),
        _by_kind(rule for rule in holding if rule.action == action.EXCLUDE),
    )


def _factors(rules: Iterable[Rule]) -> dict[str, dict[str, float]]:
    factors: dict[str, dict[str, float]] = {}
    for rule in rules:
        of_kind = factors.setdefault(rule.kind, {})
        of_kind[rule.value] = of_kind.get(rule.value, 1.0) * rule.factor
    return factors


def _by_kind(rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
    values: dict[str, set[str]] = {}
    for rule in rules:
        values.setdefault(rule.kind, set()).add(rule.value)
    return {kind: frozenset(found) for kind, found in values.items()}
