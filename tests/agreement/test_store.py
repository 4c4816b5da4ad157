"""The store reads the oracle's shops as the oracle does: the same rows in the same order, with the same values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from segmentation.facts.fact import Fact
from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Places, Sets, Texts
from segmentation.kernel.moments import seconds
from segmentation.kernel.plan import Needs
from segmentation.store import MemoryColumns
from tests.agreement.test_agreement import EXAMPLES
from tests.agreement.world import World, alone, people_of, shop_of
from tests.oracle import OracleShop
from tests.oracle.entry import enter
from tests.oracle.rows import EnteredRow, rows_below, rows_of
from tests.oracle.schema import BELOW, columns_of, columns_with_those_above, has_time
from tests.oracle.shop_strategies import shops

Picture = list[dict[str, Any]]

thorough = settings(max_examples=min(EXAMPLES, 200), deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(shops())
def test_everybody_is_read_as_the_oracle_reads_them(oracle: OracleShop) -> None:
    shop = shop_of(oracle)
    people, keys = people_of(oracle)
    columns = shop.columns(people, needs_of(oracle))
    assert columns.keys == [person.get("first_key") or person["key"] for person in oracle.people]
    assert columns.agreed.tolist() == [key in oracle.consented for key in keys]
    for index, key in enumerate(keys):
        assert_read(columns, index, key, oracle, shop)


@thorough
@given(shops())
def test_one_person_alone_is_read_so_too(oracle: OracleShop) -> None:
    shop = shop_of(oracle)
    for person in oracle.people:
        columns = shop.live_columns(alone(oracle, person["key"]), needs_of(oracle))
        assert_read(columns, 0, person["key"], oracle, shop)


def relations_of(oracle: OracleShop) -> list[str]:
    """Those that rules may ask about."""
    return [*(name for name in oracle.relations if name != "products"), "spend"]


def needs_of(oracle: OracleShop) -> Needs:
    """Everything."""
    facts = frozenset(field for field in oracle.kinds if field.startswith(("customer.", "score.")))
    rows = {name: frozenset(columns_with_those_above(name, oracle.kinds)) for name in relations_of(oracle)}
    below = frozenset((name, path) for name, paths in BELOW.items() if name in oracle.relations for path in paths)
    return Needs(facts, rows, below)


def assert_read(columns: MemoryColumns, index: int, key: str, oracle: OracleShop, shop: World) -> None:
    """What the columns say of one person is what the oracle does."""
    for name in columns_of("customer", oracle.kinds):
        value = enter(oracle.person(key).get(name), f"customer.{name}", oracle)
        fact = shop.catalogue.attributes[f"customer.{name}"]
        assert plain(columns.attribute(f"customer.{name}"))[index] == scaled(value, fact, shop)
    for name in columns_of("score", oracle.kinds):
        value = enter(oracle.score(name, key), f"score.{name}", oracle)
        fact = shop.catalogue.attributes[f"score.{name}"]
        assert plain(columns.attribute(f"score.{name}"))[index] == scaled(value, fact, shop)
    for relation in relations_of(oracle):
        theirs = sorted(rows_of(relation, key, oracle), key=in_order)
        places = np.flatnonzero(columns.rows(relation).customer == index).tolist()
        assert picture(columns, relation, places, oracle) == entered(theirs, relation, oracle, shop)
        assert (columns.rows(relation).times is not None) is has_time(relation, oracle.kinds)
        for path, below in BELOW.get(relation, {}).items():
            parents = columns.rows(relation).below(path)
            for place, row in zip(places, theirs, strict=True):
                lines = sorted(rows_below(row, path, oracle), key=in_order)
                under = np.flatnonzero(parents == place).tolist()
                assert picture(columns, below, under, oracle) == entered(lines, below, oracle, shop)


def in_order(row: EnteredRow) -> tuple[bool, Any, Any]:
    """By time, those without one first, and key."""
    return row.at is not None, row.at or 0, row.key


def picture(columns: MemoryColumns, relation: str, places: Sequence[int], oracle: OracleShop) -> Picture:
    rows = columns.rows(relation)
    values = {name: plain(rows.column(name)) for name in columns_with_those_above(relation, oracle.kinds)}
    times = plain(Numbers(rows.times)) if rows.times is not None else [None] * len(rows.customer)
    return [{"time": times[place], **{name: values[name][place] for name in values}} for place in places]


def entered(rows: Sequence[EnteredRow], relation: str, oracle: OracleShop, shop: World) -> Picture:
    facts = shop.catalogue.relations[relation].columns
    names = columns_with_those_above(relation, oracle.kinds)
    return [
        {"time": row.at and seconds(row.at), **{name: scaled(row.value(name), facts[name], shop) for name in names}}
        for row in rows
    ]


def scaled(value: Any, fact: Fact, shop: World) -> Any:
    """The oracle's value as columns have it."""
    match value:
        case Fraction():
            return value * 10**fact.scale
        case datetime():
            return seconds(value)
        case date():
            return shop.calendar.midnight(value)
    return value


def plain(column: Column) -> list[Any]:
    """Integers, folded texts, sets of them, places; None for what is missing."""
    match column:
        case Numbers(values):
            return [None if value == MISSING else value for value in values.tolist()]
        case Texts(codes, folded):
            return [None if code == NO_CODE else folded[code] for code in codes.tolist()]
        case Sets(starts, codes, folded):
            sets = [frozenset(folded[code] for code in codes[start:end]) for start, end in pairwise(starts.tolist())]
            return [one if known else None for one, known in zip(sets, column.known.tolist(), strict=True)]
        case Places(lat, lon):
            points = zip(lat.tolist(), lon.tolist(), column.known.tolist(), strict=True)
            return [(north, east) if known else None for north, east, known in points]
