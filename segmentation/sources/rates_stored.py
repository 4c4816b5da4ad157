"""Our own table of rates: what a currency was worth in another, directly or by way of the euro."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from segmentation.models import Rate
from segmentation.models.batch import batches
from segmentation.sources.rates_table import Pair, Rates, Table, latest

PIVOT = "EUR"
"""The European Central Bank tells what one of these is worth in every other."""


Key = tuple[str, str, date]


class Quote(NamedTuple):
    """From `day` on, one `base` was worth `rate` `quote`."""

    base: str
    quote: str
    day: date
    rate: Decimal


class StoredRates(Rates):
    """The rates that were loaded, by whatever leads from a currency to the base currency.

    That is a rate of the one in the other, either way round, or two rates of the euro. The latest counts; of two of one day,
    the direct one.
    """

    def __init__(self, base: str) -> None:
        self._base = base

    def find(self, pairs: Collection[Pair]) -> Mapping[Pair, Fraction]:
        """See `Rates.find`: two queries, whatever the number of pairs."""
        if not pairs:
            return {}
        tables = self._tables({currency for currency, _ in pairs}, [day for _, day in pairs])
        found = {(currency, day): self._worth(tables, currency, day) for currency, day in set(pairs)}
        return {pair: rate for pair, rate in found.items() if rate is not None}

    def _tables(self, currencies: Collection[str], days: Collection[date]) -> dict[tuple[str, str], Table]:
        """By base and quote, all that counts on any of these days."""
        concerned = Rate.objects.filter(
            Q(base__in=currencies, quote=self._base)
            | Q(base=self._base, quote__in=currencies)
            | Q(base=PIVOT, quote__in=[*currencies, self._base])
        )
        tables: dict[tuple[str, str], list[tuple[date, Fraction]]] = {}
        rows = _from_the_one_before(concerned, min(days)).filter(day__lte=max(days)).order_by("day")
        for base, quote, day, rate in rows.values_list("base", "quote", "day", "rate"):
            tables.setdefault((base, quote), []).append((day, Fraction(rate)))
        return dict(tables)

    def _worth(self, tables: Mapping[tuple[str, str], Table], currency: str, day: date) -> Fraction | None:
        found: list[tuple[date, Fraction]] = []
        for via in dict.fromkeys((currency, self._base, PIVOT)):
            ours, theirs = _quoted(tables, via, self._base, day), _quoted(tables, via, currency, day)
            if ours and theirs:
                found.append((min(ours[0], theirs[0]), ours[1] / theirs[1]))
        return max(found, key=lambda one: one[0])[1] if found else None


def _quoted(tables: Mapping[tuple[str, str], Table], base: str, quote: str, day: date) -> tuple[date, Fraction] | None:
    """What one base was worth in the quoted currency, and since when."""
    return (day, Fraction(1)) if base == quote else latest(tables.get((base, quote), ()), day)


def _from_the_one_before(rows: QuerySet[Rate], first: date) -> QuerySet[Rate]:
    """Those after the day, and of each pair the one that holds on it."""
    holding = rows.filter(day__lte=first).values_list("base", "quote").annotate(Max("day"))
    return rows.filter(reduce(or_, (Q(base=base, quote=quote, day=day) for base, quote, day in holding), Q(day__gt=first)))


@dataclass(slots=True)
class Loaded:
    """What storing rates changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def store(quotes: Iterable[Quote]) -> Loaded:
    """Keep these rates, each at its day; of several for one pair and day the last counts. The same again changes nothing."""
    loaded = Loaded()
    wanted = {quote[:3]: quote.rate for quote in quotes}
    for batch in batches(sorted(wanted, key=lambda key: key[::-1])):
        with transaction.atomic():
            known = _known(batch)
            changed = [key for key in batch if known.get(key) != wanted[key]]
            Rate.objects.bulk_create(
                (Rate(base=base, quote=quote, day=day, rate=wanted[base, quote, day]) for base, quote, day in changed),
                update_conflicts=True,
                unique_fields=["base", "quote", "day"],
                update_fields=["rate"],
            )
        loaded.added += len(batch) - len(known)
        loaded.unchanged += len(batch) - len(changed)
        loaded.changed += len(changed) - (len(batch) - len(known))
    return loaded


def _known(keys: Sequence[Key]) -> dict[Key, Decimal]:
    """What is stored under these keys."""
    bases, quotes, days = map(set, zip(*keys, strict=True))
    rows = Rate.objects.filter(base__in=bases, quote__in=quotes, day__in=days).values_list("base", "quote", "day", "rate")
    found = {(base, quote, day): rate for base, quote, day, rate in rows}
    return {key: found[key] for key in keys if key in found}
