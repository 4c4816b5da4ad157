"""From the shop source to purchases: one query a relation, whatever the number of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from segmentation.conf import conf
from segmentation.facts import catalogue_of
from segmentation.kernel.columns import MISSING, Numbers
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.models import Profile
from segmentation.models.batch import batches
from segmentation.profiles.identity import is_named
from segmentation.sources import ShopSource
from segmentation.store.build import FullReading
from segmentation.store.live import LiveReading
from segmentation.store.part import Part
from segmentation.store.people import NOBODY, People, Person, read_people
from segmentation.store.purchases import Purchases
from segmentation.store.reading import Reading
from segmentation.store.snapshot import snapshot
from segmentation.store.wanted import ORDERS

ORDER_LINES = "order_lines"
ABSENT = -1


def read_purchases(source: ShopSource, people: Collection[str] | None = None, *, using: str | None = None) -> Purchases:
    """Lines of orders of everybody, or of the people with these profile keys, whose rows are then read from the write alias.

    Left out are lines of nobody whom we know and of those who said no to profiling, and lines without a time, a product or a
    quantity above 0. Raises SourceError if the shop cannot be read to the end.
    """
    if not {ORDERS, ORDER_LINES} <= source.relations.keys():
        return _purchases([], _Read())
    source.demand_sound()
    persons = _persons(people)
    needs = Needs(rows={ORDERS: frozenset({"country"}), ORDER_LINES: frozenset({"product_id", "quantity"})})
    catalogue = catalogue_of(source, conf.base_currency, conf.profiling_consent)
    calendar = Calendar(conf.time_zone_name, conf.week_start)
    if people is not None:
        few = LiveReading(source, People.of(persons), needs, catalogue, calendar, using or source.write_alias)
        return _purchases(persons, _read(few, persons))
    alias = using or conf.source_alias or source.read_alias
    with snapshot(alias):
        return _purchases(persons, _read(FullReading(source, People.of(persons), needs, catalogue, calendar, alias), persons))


def _persons(keys: Collection[str] | None) -> list[Person]:
    """The people, whoever they are by now, with those who were merged into them."""
    everyone = Profile.objects.with_merged(conf.shop)
    if keys is None:
        return read_people(everyone)
    found: dict[int, Person] = {}
    for few in batches(sorted(set(keys))):
        named = {person.merged_into or person.pk for person in read_people(everyone.filter(key__in=few))}
        them = everyone.filter(Q(pk__in=named) | Q(merged_into__in=named))
        found |= {person.pk: person for person in read_people(them)} if named else {}
    return list(found.values())


class _Codes(dict[Any, int]):
    """Value as the shop gives it -> number of its text among `names`, ABSENT for none; `spelt` says how texts are written."""

    def __init__(self, spelt: Callable[[str], str] = str) -> None:
        super().__init__({None: ABSENT})
        self._spelt = spelt
        self.names: dict[str, int] = {}

    def __missing__(self, value: Any) -> int:
        text = self._spelt(str(value))
        code = self.names.setdefault(text, len(self.names)) if text else ABSENT
        self[value] = code
        return code


def _as_country(text: str) -> str:
    return text.strip().upper()


@dataclass
class _Read:
    """What is gathered, part by part. `place` leads from the key of an order that counts to its place."""

    place: dict[str, int] = field(default_factory=dict)
    owners: list[NDArray[np.int32]] = field(default_factory=list)
    times: list[NDArray[np.int64]] = field(default_factory=list)
    countries: list[NDArray[np.int32]] = field(default_factory=list)
    country_codes: _Codes = field(default_factory=lambda: _Codes(_as_country))
    orders: list[NDArray[np.int32]] = field(default_factory=list)
    products: list[NDArray[np.int32]] = field(default_factory=list)
    product_codes: _Codes = field(default_factory=_Codes)
    quantities: list[NDArray[np.float32]] = field(default_factory=list)

    left_out: Counter[str] = field(default_factory=Counter)

    def _count(self, reason: str, rows: NDArray[np.bool_]) -> None:
        count = int(np.count_nonzero(rows))
        if count:
            self.left_out[reason] += count

    def take_orders(self, part: Part, refused: NDArray[np.bool_]) -> None:
        """Those that are somebody's who may be learned from, and have a time."""
        times = np.full(part.table.length, MISSING) if part.times is None else part.times
        counts = part.owners != NOBODY
        self._count("nobodys", ~counts)
        willing = counts.copy()
        willing[counts] = ~refused[part.owners[counts]]
        self._count("refused", counts & ~willing)
        self._count("untimed", willing & (times == MISSING))
        counts = willing & (times != MISSING)
        rows = np.flatnonzero(counts)
        keys = part.table.column(part.relation.key)
        start = sum(map(len, self.owners))
        self.place |= {str(keys[row]): start + place for place, row in enumerate(rows.tolist()) if is_named(keys[row])}
        countries = part.table.column("country")
        self.owners.append(part.owners[rows])
        self.times.append(times[rows])
        self.countries.append(np.array([self.country_codes[countries[row]] for row in rows.tolist()], np.int32))

    def take_lines(self, part: Part) -> None:
        """Those of these orders that name a product and a quantity."""
        place, code = self.place, self.product_codes
        orders = np.array([place.get(str(key), ABSENT) for key in part.table.column("order_id")], np.int32)
        products = np.array([code[product] for product in part.table.column("product_id")], np.int32)
        quantity = part.column("quantity")
        values = quantity.values if isinstance(quantity, Numbers) else np.zeros(part.table.length, np.int64)
        ordered, named = orders != ABSENT, products != ABSENT
        counts = ordered & named & (values > 0)  # what is MISSING lies below 0
        self._count("of_no_order", ~ordered)
        self._count("of_no_product", ordered & ~named)
        self._count("no_piece", ordered & named & ~counts)
        scale = 10.0 ** part.relation.columns["quantity"].scale
        self.orders.append(orders[counts])
        self.products.append(products[counts])
        self.quantities.append((values[counts] / scale).astype(np.float32))


def _read(reading: Reading, persons: Iterable[Person]) -> _Read:
    reading.join()
    refused = np.array([person.profiling is False for person in _present(persons)], np.bool_)
    read = _Read()
    for part in reading.parts(ORDERS):
        read.take_orders(part, refused)
    for part in reading.parts(ORDER_LINES):
        read.take_lines(part)
    return read


def _present(persons: Iterable[Person]) -> list[Person]:
    """As `People` numbers them."""
    return [person for person in sorted(persons) if person.merged_into is None]


def _purchases(persons: Iterable[Person], read: _Read) -> Purchases:
    """Numbers without gaps: people as they came to us, orders by time, products and countries by name."""
    owners, times = _joined(read.owners, np.int32), _joined(read.times, np.int64)
    used, order = _numbered(_joined(read.orders, np.int32), len(owners))
    owners, times = owners[used], times[used]
    by_time = np.lexsort((owners, times))
    used, order = used[by_time], _inverse(by_time)[order]
    owners, times = owners[by_time], times[by_time]
    present = _present(persons)
    buyers, person = _numbered(owners, len(present))
    products, product = _named(_joined(read.products, np.int32), read.product_codes)
    countries, country = _named(_joined(read.countries, np.int32)[used], read.country_codes)
    lines = np.lexsort((product, order))
    line_order: NDArray[np.int32] = order[lines].astype(np.int32)
    return Purchases(
        keys=[present[place].key for place in buyers.tolist()],
        names=[present[place].customer_id or present[place].key for place in buyers.tolist()],
        products=products,
        countries=countries,
        person=person[line_order].astype(np.int32),
        order=line_order,
        product=product[lines].astype(np.int32),
        country=country[line_order].astype(np.int16),
        times=times[line_order],
        quantity=_joined(read.quantities, np.float32)[lines],
        left_out=dict(read.left_out),
    )


def _joined(arrays: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype)


def _inverse(order: NDArray[np.int64]) -> NDArray[np.int64]:
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _numbered(values: NDArray[Any], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different ones of these integers below `size`, in order, and the place of each among them; ABSENT stays so."""
    is_used = np.zeros(size, np.bool_)
    is_used[values[values != ABSENT]] = True
    places = np.append(np.cumsum(is_used) - 1, ABSENT)  # ABSENT is the last
    return np.flatnonzero(is_used), places[values]


def _named(codes: NDArray[np.int32], names: _Codes) -> tuple[list[str], NDArray[np.int64]]:
    """The names that are used, in order, and the place of each code's among them."""
    texts = list(names.names)
    used, places = _numbered(codes, len(texts))
    order = sorted(range(len(used)), key=lambda place: texts[used[place]])
    ranks = np.append(_inverse(np.array(order, np.int64)), ABSENT)
    return [texts[used[place]] for place in order], ranks[places]
