"""Groups of a stored rule, and the tests of rows that stand in `where` and `test`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from segmentation.rules.limits import MAX_WHERE_DEPTH
from segmentation.rules.read_values import read_comparison
from segmentation.rules.reader import Reader
from segmentation.rules.tree import Below, Group, Node, Test
from segmentation.rules.values import QUANTIFIERS

COMBINATORS = ("and", "or", "at_least")

_GROUP_KEYS = ("combinator", "n", "not", "rules")
_TEST_KEYS = ("field", "operator", "value")
_BELOW_KEYS = ("path", "quantifier", "where")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: its pointer, its depth, and whether only plain `and` groups stand above it.

    Those who are in stay in by such a leaf alone; below anything else their staying would turn on itself.
    """

    path: str
    depth: int = 1
    plain: bool = True


def is_group(data: Mapping[str, Any]) -> bool:
    """Whether this is a group, or was meant as one."""
    return "rules" in data or "combinator" in data


def read_group(
    reader: Reader,
    data: Mapping[str, Any],
    place: Place,
    *,
    member: Callable[[Reader, object, Place], Node | None],
    limit: int,
    head: Collection[str] = (),
) -> Group | None:
    """A group whose nodes `member` reads; `head` are keys that it may have besides a group's own."""
    path = place.path
    if place.depth > limit:
        return reader.wrong(path, "groups are nested deeper than %(limit)d", limit=limit)
    reader.keys(data, path, (*_GROUP_KEYS, *head))
    combinator = reader.choice(data.get("combinator"), f"{path}/combinator", COMBINATORS, "combinator")
    negated = data.get("not", False)
    if not isinstance(negated, bool):
        reader.wrong(f"{path}/not", "not must be true or false")
    rules = data.get("rules")
    if not isinstance(rules, list | tuple):
        return reader.wrong(f"{path}/rules", "a group needs a list of rules")
    if not rules:
        return reader.wrong(path, "the group is empty: say whom it should take in")
    n = _how_many(reader, data, path, combinator, len(rules))
    plain = place.plain and combinator in ("and", None) and negated is False
    places = [Place(f"{path}/rules/{index}", place.depth + 1, plain) for index in range(len(rules))]
    nodes = [member(reader, child, below) for child, below in zip(rules, places, strict=True)]
    if combinator is None or reader.problems:
        return None
    return Group(combinator, tuple(node for node in nodes if node is not None), negated, n)


def read_where(reader: Reader, data: Mapping[str, Any], key: str, path: str) -> Group | None:
    """The tests of one row that stand under a key, if any do."""
    value = data.get(key)
    return None if value is None else _rows(reader, value, key, path, _test)


def read_tests(reader: Reader, data: Mapping[str, Any], key: str, path: str) -> Group | None:
    """The tests of one row that must stand under a key."""
    return _rows(reader, data.get(key), key, path, _test)


def _rows(
    reader: Reader, value: object, key: str, path: str, member: Callable[[Reader, object, Place], Node | None]
) -> Group | None:
    here = Place(f"{path}/{key}")
    if not isinstance(value, Mapping):
        return reader.wrong(here.path, "%(key)s must be a group", key=key)
    return read_group(reader, value, here, member=member, limit=MAX_WHERE_DEPTH)


def _test(reader: Reader, data: object, place: Place, *, is_below: bool = False) -> Node | None:
    """A test of the row or, of the rows below it, a quantifier."""
    path = place.path
    if not isinstance(data, Mapping):
        return reader.wrong(path, "a condition must be an object")
    if is_group(data):
        return read_group(reader, data, place, member=partial(_test, is_below=is_below), limit=MAX_WHERE_DEPTH)
    if "quantifier" in data:
        return reader.wrong(path, "a quantifier cannot stand inside another") if is_below else _below(reader, data, path)
    reader.leaves += 1
    reader.keys(data, path, _TEST_KEYS)
    field = reader.name(data, "field", path)
    operator, value = read_comparison(reader, data, path)
    return Test(field, operator, value) if field and operator else None


def _below(reader: Reader, data: Mapping[str, Any], path: str) -> Below | None:
    reader.keys(data, path, _BELOW_KEYS)
    name = reader.name(data, "path", path)
    quantifier = reader.choice(data["quantifier"], f"{path}/quantifier", QUANTIFIERS, "quantifier")
    where = _rows(reader, data.get("where"), "where", path, partial(_test, is_below=True))
    return Below(name, quantifier, where) if name and quantifier and where else None


def _how_many(reader: Reader, data: Mapping[str, Any], path: str, combinator: str | None, most: int) -> int | None:
    if combinator == "at_least":
        return reader.whole(data, "n", path, 1, most)
    if combinator is not None and data.get("n") is not None:
        reader.wrong(f"{path}/n", "only at_least takes n")
    return None
