from __future__ import annotations

import pytest

from segmentation.engine.lint.twins import warnings
from tests.engine.lint.looking import warned

A, B, C = "orders.count() > 1", 'customer.country = "FR"', "top 5 by customer.credit"


def message(slug):
    return f"the segment {slug} asks the same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, A),
        ("orders.count(last 7 days) > 1.0", "orders.count(last 7 days) > 1"),
        (B, 'customer.country = " fr"'),
        (f"{A} and {B}", f"{B} and {A}"),
        (f"{A} and {B} and {C}", f"({C} and {A}) and {B}"),
        (f"{A} or ({B} or {C})", f"(({A} or {B}) or {C})"),
        (f"{A} or ({B} and {C})", f"({C} and ({B})) or {A}"),
        (f"not ({A} and {B})", f"not ({B} and {A})"),
        (f"at least 2 of ({A}, {B}, {C})", f"at least 2 of ({C}, {A}, {B})"),
        (f"any of ({A})", f"all of ({A})"),
    ],
)
def test_segments_that_ask_the_same(one, other):
    assert warned(warnings, one, twin=other, another=f"{A} and {A} and {B}") == [("", message("twin"))]
    assert warned(warnings, other, twin=one) == [("", message("twin"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, B),
        (A, "orders.count() >= 1"),
        (A, f"{A} if unknown no"),
        (A, f"not ({A})"),
        (f"{A} and {B}", f"{A} or {B}"),
        (f"{A} and {B}", A),
        (f"{A} or ({B} and {C})", f"({A} or {B}) and {C}"),
        (f"not ({A} and {B})", f"not {A} and not {B}"),
        (f"at least 2 of ({A}, {B}, {C})", f"at least 1 of ({A}, {B}, {C})"),
        # Whoever asks twice counts twice.
        (f"at least 2 of ({A}, {A}, {B})", f"at least 2 of ({A}, {B}, {B})"),
        (f"at least 2 of ({A}, {B}, {C})", f"at least 2 of (at least 2 of ({A}, {B}, {C}), {A})"),
    ],
)
def test_segments_that_ask_something_else(one, other):
    assert warned(warnings, one, twin=other) == []
    assert warned(warnings, other, twin=one) == []


def test_every_twin_is_named():
    assert warned(warnings, A, first=A, second=B, third=f"({A})") == [("", message("first")), ("", message("third"))]


def test_a_segment_alone_has_no_twin():
    assert warned(warnings, A) == []
