from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from .moments import Clock
from .operators import OPERATORS, compare
from .text import fold
from .worlds import NOON_IN_JUNE, at

CLOCK = Clock.at(NOON_IN_JUNE, "Europe/London")
KNOWN = {
    "text": "fr",
    "number": Fraction(3),
    "money": Fraction("80.50"),
    "boolean": False,
    "date": date(2024, 6, 12),
    "time": at("2024-06-12T10:00"),
    "set": frozenset({"lamps"}),
    "geo": (48.8566, 2.3522),
}


def asked(kind: str, known: Any, operator: str, value: Any = None) -> bool | None:
    return compare(kind, known, {"operator": operator, "value": value}, CLOCK)


@pytest.mark.parametrize(
    ("known", "operator", "value", "expected"),
    [
        ("Straße", "=", " STRASSE ", True),
        ("Straße", "=", "Strase", False),
        ("Straße", "!=", "STRASSE", False),
        ("PL", "in", ["FR", "pl "], True),
        ("DE", "in", ["FR", "PL"], False),
        ("DE", "not_in", ["FR", "PL"], True),
        ("pl", "not_in", ["FR", " PL"], False),
        ("Łódź", "contains", "ÓD", True),
        ("Łódź", "contains", "od", False),
        ("Łódź", "not_contains", "od", True),
        # The rule's value is trimmed too.
        ("blueberry", "contains", " berry ", True),
        ("spring-10", "starts_with", "SPRING", True),
        ("spring-10", "starts_with", "10", False),
        ("spring-10", "ends_with", "-10", True),
        ("spring-10", "ends_with", "-1", False),
        # One letter and its decomposed spelling are the same, so it holds no plain j.
        ("J\u030c", "=", "\u01f0", True),
        ("\u01f0", "contains", "j", False),
        ("fr", "=", "", False),
        ("fr", "!=", " ", True),
    ],
)
def test_texts(known: str, operator: str, value: Any, expected: bool) -> None:
    assert asked("text", fold(known), operator, value) is expected


@pytest.mark.parametrize(
    ("known", "operator", "value", "expected"),
    [
        ("10", "=", "10.00", True),
        ("10", "!=", "10.00", False),
        ("10", "<", "10", False),
        ("10", "<=", "10", True),
        ("10", ">", "9.999", True),
        ("80.50", ">=", "80.505", False),
        ("80.50", ">=", 80, True),
        ("10", "between", ["10", "20"], True),
        ("20", "between", ["10", "20"], True),
        ("20.01", "between", ["10", "20"], False),
        ("10", "in", ["1", "10.0"], True),
        ("10", "in", ["1", "100"], False),
        ("31/3", "=", "10.33", False),
        ("31/3", ">", "10.33", True),
        ("31/3", "in", ["10.33", "10.34"], False),
    ],
)
def test_numbers_are_exact(known: str, operator: str, value: Any, expected: bool) -> None:
    assert asked("number", Fraction(known), operator, value) is expected
    assert asked("money", Fraction(known), operator, value) is expected


@pytest.mark.parametrize(
    ("known", "value", "expected"), [(True, True, True), (True, False, False), (False, False, True), (False, True, False)]
)
def test_booleans(known: bool, value: bool, expected: bool) -> None:
    assert asked("boolean", known, "is", value) is expected


@pytest.mark.parametrize(
    ("known", "operator", "value", "expected"),
    [
        (["lamps", "tea"], "has_any", ["garden", " TEA "], True),
        (["lamps", "tea"], "has_any", ["garden"], False),
        (["lamps", "tea"], "has_all", ["tea", "Lamps"], True),
        (["lamps", "tea"], "has_all", ["tea", "garden"], False),
        (["lamps", "tea"], "has_none", ["garden"], True),
        (["lamps", "tea"], "has_none", ["garden", "tea"], False),
        (["lamps", "tea"], "size", {"operator": ">=", "value": "2"}, True),
        (["lamps", "tea"], "size", {"operator": "between", "value": ["3", "4"]}, False),
        (["lamps", "tea"], "size", {"operator": "in", "value": ["1", "2"]}, True),
        # An empty set is known.
        ([], "has_any", ["tea"], False),
        ([], "has_all", ["tea"], False),
        ([], "has_none", ["tea"], True),
        ([], "size", {"operator": "=", "value": "0"}, True),
        ([], "is_set", None, True),
    ],
)
def test_sets(known: list[str], operator: str, value: Any, expected: bool) -> None:
    assert asked("set", frozenset(known), operator, value) is expected


@pytest.mark.parametrize(("km", "expected"), [("343", False), ("344", True), ("343.55", False), ("20100", True)])
def test_circles(km: str, expected: bool) -> None:
    """Paris is 343.6 km from London."""
    assert asked("geo", KNOWN["geo"], "within_km", {"lat": "51.5074", "lon": "-0.1278", "km": km}) is expected


@pytest.mark.parametrize("kind", sorted(OPERATORS))
def test_without_a_value_everything_is_unknown_but_whether_it_is_set(kind: str) -> None:
    assert {operator: asked(kind, None, operator, "never read") for operator in OPERATORS[kind]} == dict.fromkeys(OPERATORS[kind])
    assert asked(kind, None, "is_set") is False
    assert asked(kind, None, "is_not_set") is True
    assert asked(kind, KNOWN[kind], "is_set") is True
    assert asked(kind, KNOWN[kind], "is_not_set") is False


@pytest.mark.parametrize(
    ("kind", "operator"),
    [("text", "<"), ("number", "contains"), ("boolean", "="), ("date", "="), ("time", ">"), ("set", "in"), ("geo", "=")],
)
def test_an_operator_that_its_kind_has_not_is_refused(kind: str, operator: str) -> None:
    with pytest.raises(KeyError):
        asked(kind, KNOWN[kind], operator, "1")
    with pytest.raises(KeyError):
        asked(kind, None, operator, "1")
