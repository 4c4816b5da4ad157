"""Purchases for tests, as one writes them down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from segmentation.store.purchases import Purchases

DAY = 86_400

Line = tuple[str, int, str]
"""Person, day and product; what a person bought on one day is one order."""


def bought(
    lines: Iterable[Line], *, quantities: Sequence[float] | None = None, countries: Sequence[str] | None = None
) -> Purchases:
    """The purchases; `countries` has that of each line. People, products and countries are numbered letter by letter."""
    rows = sorted(enumerate(lines), key=lambda row: row[1][1])
    people = sorted({person for _, (person, _, _) in rows})
    products = sorted({product for _, (_, _, product) in rows})
    orders = {order: number for number, order in enumerate(dict.fromkeys((day, person) for _, (person, day, _) in rows))}
    named = sorted(set(countries or ()))
    return Purchases(
        keys=[f"user:{person}" for person in people],
        names=people,
        products=products,
        countries=named,
        person=np.array([people.index(person) for _, (person, _, _) in rows], np.int32),
        order=np.array([orders[day, person] for _, (person, day, _) in rows], np.int32),
        product=np.array([products.index(product) for _, (_, _, product) in rows], np.int32),
        country=np.array([named.index(countries[place]) if countries else -1 for place, _ in rows], np.int16),
        times=np.array([day * DAY for _, (_, day, _) in rows], np.int64),
        quantity=np.array([quantities[place] if quantities else 1.0 for place, _ in rows], np.float32),
    )


def shop(people: int = 40, products: int = 30, days: int = 100, seed: int = 1) -> Purchases:
    """A shop of habits: each person has some favourites and buys three or so of them at a time."""
    generator = np.random.default_rng(seed)
    lines: list[Line] = []
    for person in range(people):
        favourites = generator.choice(products, 6, replace=False)
        for day in sorted({int(day) for day in generator.integers(0, days, 8)}):
            lines += [(f"{person:03}", day, f"p{item:02}") for item in sorted(generator.choice(favourites, 3, replace=False))]
    return bought(lines)
