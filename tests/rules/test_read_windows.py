from __future__ import annotations

import pytest

from segmentation.rules import tree
from segmentation.rules.tree import (
    Before,
    Between,
    Duration,
    Group,
    Last,
    NotLast,
    Previous,
    Since,
    SinceLast,
    This,
)
from segmentation.rules.values import PERIODS
from tests.rules.definitions import FREQUENT, LARGE, only_leaf, problems, root

WHERE = {"combinator": "and", "rules": [LARGE]}


@pytest.mark.parametrize(
    ("stored", "window"),
    [
        (None, None),
        ({"last": 30, "unit": "day"}, Last(Duration(30, "day"))),
        ({"unit": "hour", "last": "0"}, Last(Duration(0, "hour"))),
        ({"last": "100000", "unit": "year"}, Last(Duration(100_000, "year"))),
        ({"between": ["2026-01-01", "2026-01-31"]}, Between("2026-01-01", "2026-01-31")),
        ({"since": "2026-01-01"}, Since("2026-01-01")),
        ({"before": "2026-01-01T10:00"}, Before("2026-01-01T10:00")),
        ({"not_last": 30, "unit": "day"}, NotLast(Duration(30, "day"))),
        *(({"this": period}, This(period)) for period in PERIODS),
        *(({"previous": period}, Previous(period)) for period in PERIODS),
        ({"since_last": "refunds"}, SinceLast("refunds")),
        ({"since_last": "refunds", "where": None}, SinceLast("refunds")),
        ({"where": WHERE, "since_last": "refunds"}, SinceLast("refunds", Group("and", (tree.Test("total", ">", "100"),)))),
    ],
)
def test_windows(stored, window):
    assert only_leaf(root({**FREQUENT, "window": stored})).window == window


@pytest.mark.parametrize("window", [True, 1, "last 30 days", ["last", 30]])
def test_a_window_is_an_object(window):
    assert problems(root({**FREQUENT, "window": window})) == [("/rules/0/window", "a window must be an object")]


@pytest.mark.parametrize(
    ("window", "keys"),
    [
        ({}, "nothing in it"),
        ({"last": 30}, "last"),
        ({"unit": "day"}, "unit"),
        ({"last": 30, "unit": "day", "since": "2026-01-01"}, "last, since, unit"),
        ({"since": "2026-01-01", "between": ["2026-01-01", "2026-01-02"]}, "between, since"),
        ({"this": "month", "previous": "month"}, "previous, this"),
        ({"not_last": 3}, "not_last"),
        ({"last": 3, "not_last": 3, "unit": "day"}, "last, not_last, unit"),
        ({"since": "2026-01-01", "where": None}, "since, where"),
        ({"since_last": "refunds", "where": None, "unit": "day"}, "since_last, unit, where"),
        ({"last": 3, "unit": "day", "id": "1"}, "id, last, unit"),
        ({"next": 3, "unit": "day"}, "next, unit"),
        ({1: 2, "last": 3}, "1, last"),
    ],
)
def test_an_unknown_window(window, keys):
    assert problems(root({**FREQUENT, "window": window})) == [("/rules/0/window", f"unknown window with {keys}")]


@pytest.mark.parametrize("pair", [[], ["2026-01-01"], ["1", "2", "3"], "2026-01-01", None, {"0": "1"}])
def test_between_has_two_ends(pair):
    refused = problems(root({**FREQUENT, "window": {"between": pair}}))

    assert [path for path, _ in refused] == ["/rules/0/window/between"]
    assert refused[0][1] in ("the value must be a list", "the list must have exactly 2 values")


def test_dates_of_a_window_are_texts():
    assert problems(root({**FREQUENT, "window": {"since": None}})) == [("/rules/0/window/since", "the value must be a text")]
    assert problems(root({**FREQUENT, "window": {"between": ["2026-01-01", {}]}})) == [
        ("/rules/0/window/between/1", "the value must be a text")
    ]
    assert problems(root({**FREQUENT, "window": {"before": 1.5}}))[0][0] == "/rules/0/window/before"


@pytest.mark.parametrize("key", ["this", "previous"])
@pytest.mark.parametrize("period", ["hour", "Month", "months", None, 1])
def test_an_unknown_period_of_a_window(key, period):
    (problem,) = problems(root({**FREQUENT, "window": {key: period}}))

    assert problem[0] == f"/rules/0/window/{key}"
    assert problem[1].endswith(": it must be one of day, week, month, quarter, year")


def test_what_a_window_runs_since_must_be_named_and_well():
    assert problems(root({**FREQUENT, "window": {"since_last": "Refunds"}})) == [
        ("/rules/0/window/since_last", "'Refunds' is not a name")
    ]
    assert problems(root({**FREQUENT, "window": {"since_last": "refunds", "where": LARGE}}))[-1] == (
        "/rules/0/window/where/rules",
        "a group needs a list of rules",
    )


RELATED = [
    FREQUENT,
    {"kind": "nth", "field": "orders", "which": 2, "test": WHERE},
    {"kind": "rank", "field": "orders", "measure": "count", "operator": "top", "value": "10"},
    {"kind": "sequence", "steps": [{"field": "events"}, {"field": "orders"}]},
    {"kind": "sequence", "steps": [{"field": "orders"}, {"field": "events"}]},
]


@pytest.mark.parametrize("leaf", RELATED, ids=lambda leaf: leaf["kind"])
def test_no_window_runs_since_the_last_of_its_own_rows(leaf):
    said = "since the last of orders there are no orders: ask for another relation"

    assert problems(root({**leaf, "window": {"since_last": "orders"}})) == [("/rules/0/window/since_last", said)]
    assert problems(root({**leaf, "window": {"since_last": "orders", "where": WHERE}}))[0][1] == said
    assert only_leaf(root({**leaf, "window": {"since_last": "refunds"}})).window == SinceLast("refunds")


def test_a_sequence_may_run_since_the_last_of_what_must_not_follow():
    leaf = {"kind": "sequence", "steps": [{"field": "events"}] * 2, "not_then": {"field": "orders"}}

    assert only_leaf(root({**leaf, "window": {"since_last": "orders"}})).window == SinceLast("orders")
